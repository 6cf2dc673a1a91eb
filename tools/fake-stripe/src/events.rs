//! Delivering signed events: each is tried once in its turn, and again in the background.

use crate::state::{Endpoint, Shared, now};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::time::Duration;
use tokio::sync::mpsc::UnboundedReceiver;

/// The pauses before the further tries of one event; Stripe's are longer.
const PAUSES: [Duration; 6] = [
    Duration::from_millis(50),
    Duration::from_millis(200),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(2),
    Duration::from_secs(4),
];
/// The time in which a receiver has to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Delivers events until the fake ends. The next event waits for the first try of the one before it, so that order can be tested.
pub(crate) async fn deliver(fake: Shared, mut events: UnboundedReceiver<Value>) {
    let http = reqwest::Client::builder().no_proxy().timeout(ANSWER_WITHIN).build().expect("a client without TLS settings can be made");
    while let Some(event) = events.recv().await {
        let endpoint = {
            let held = fake.lock();
            let connect = if event["account"].is_string() { held.connect.clone() } else { None };
            connect.unwrap_or_else(|| held.endpoint.clone())
        };
        if endpoint.url.is_empty() {
            continue;
        }
        if attempt(&http, &endpoint, &event).await {
            taken(&fake, &event);
            continue;
        }
        tokio::spawn(retry(fake.clone(), http.clone(), endpoint, event));
    }
}

async fn retry(fake: Shared, http: reqwest::Client, endpoint: Endpoint, event: Value) {
    for pause in PAUSES {
        tokio::time::sleep(pause).await;
        if attempt(&http, &endpoint, &event).await {
            taken(&fake, &event);
            return;
        }
    }
}

/// Notes that an event was taken, for lists of those that were not.
fn taken(fake: &Shared, event: &Value) {
    fake.lock().taken.extend(event["id"].as_str().map(str::to_owned));
}

/// Posts an event; returns true if it was taken.
async fn attempt(http: &reqwest::Client, endpoint: &Endpoint, event: &Value) -> bool {
    let body = event.to_string();
    let request = http
        .post(&endpoint.url)
        .header("Stripe-Signature", signature(&endpoint.secret, now(), &body))
        .header("Content-Type", "application/json; charset=utf-8")
        .header("User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)");
    match request.body(body).send().await {
        Ok(answer) if answer.status().is_success() => return true,
        Ok(answer) => eprintln!("event {} was answered {}", event["id"], answer.status()),
        Err(error) => eprintln!("event {} did not arrive: {error}", event["id"]),
    }
    false
}

/// Signs a body as Stripe does.
fn signature(secret: &str, at: i64, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes a key of any length");
    mac.update(format!("{at}.{body}").as_bytes());
    let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("t={at},v1={hex}")
}
