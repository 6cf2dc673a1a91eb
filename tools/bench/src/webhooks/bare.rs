//! The bare limit of sending: the sender's client signs and posts the same body, without a database.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use market::delivery::IN_FLIGHT_MAX;
use market::id::DeliveryId;
use market::outbound::{Client, Limits, Policy, SigningSecret, SystemLookup, body_header, standard_header};
use market::time::Clock;
use std::path::Path;
use std::sync::Arc;

/// Posts the body in a file to each address, as many at a time as the sender does, until the process ends.
pub(crate) async fn post(body: &Path, urls: Vec<String>) {
    let client = Client::new(Policy::sandbox(), Limits::DELIVERY, Arc::new(SystemLookup::new())).expect("a client");
    let body = std::fs::read_to_string(body).expect("a body");
    let secret = SigningSecret::of_key(&[7; 32]).expect("a secret");
    let mut tasks = tokio::task::JoinSet::new();
    for url in urls {
        for _ in 0..IN_FLIGHT_MAX {
            let (client, url, body, secret) = (client.clone(), url.clone(), body.clone(), secret.clone());
            tasks.spawn(async move {
                loop {
                    client.post(&url, headers(&secret, &body), body.clone()).await.expect("an answer");
                }
            });
        }
    }
    tasks.join_all().await;
}

/// Signs a body as the sender does.
fn headers(secret: &SigningSecret, body: &str) -> HeaderMap {
    let (id, at) = (DeliveryId::new(), Clock::System.now());
    let secret = std::slice::from_ref(secret);
    let texts = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (HeaderName::from_static("webhook-id"), id.to_string()),
        (HeaderName::from_static("webhook-timestamp"), at.seconds().to_string()),
        (HeaderName::from_static("webhook-signature"), standard_header(secret, id.as_str(), at, body.as_bytes())),
        (HeaderName::from_static("x-webhook-signature"), body_header(&secret[0], body.as_bytes())),
        (HeaderName::from_static("x-webhook-event"), "job.posted".to_owned()),
        (HeaderName::from_static("x-webhook-id"), id.to_string()),
        (HeaderName::from_static("x-webhook-timestamp"), at.to_string()),
    ];
    texts.into_iter().map(|(name, text)| (name, HeaderValue::try_from(text).expect("a header"))).collect()
}
