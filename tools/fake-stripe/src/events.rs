//! Sending signed events.

use crate::state::{Shared, now};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::time::Duration;

/// The pauses between the tries of one event; Stripe's are longer.
const PAUSES: [Duration; 6] = [
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];

/// Sends an event in the background, or keeps it back.
pub(crate) fn send(fake: &Shared, event: Value) {
    let mut held = fake.lock();
    if held.holds_events {
        held.held.push(event);
        return;
    }
    let (url, secret) = (held.webhook.clone(), held.secret.clone());
    drop(held);
    tokio::spawn(async move { deliver(&url, &secret, &event).await });
}

/// Posts an event until it is taken, or the tries are over.
async fn deliver(url: &str, secret: &str, event: &Value) {
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let body = event.to_string();
    for pause in PAUSES {
        let header = signature(secret, now(), &body);
        let request = http.post(url).header("Stripe-Signature", header).header("Content-Type", "application/json; charset=utf-8");
        match request.body(body.clone()).send().await {
            Ok(answer) if answer.status().is_success() => return,
            Ok(answer) => eprintln!("event {} was answered {}", event["id"], answer.status()),
            Err(error) => eprintln!("event {} did not arrive: {error}", event["id"]),
        }
        tokio::time::sleep(pause).await;
    }
}

/// Signs a body as Stripe does.
fn signature(secret: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(format!("{at}.{body}").as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={hex}")
}
