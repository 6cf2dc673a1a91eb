//! The workers that send webhooks: one follows the events and writes deliveries, one sends what is due.

use super::{PAUSE, until};
use api::Services;
use http::{HeaderMap, HeaderName, HeaderValue, header};
use market::delivery::{self, Attempted, Due, Outcome};
use market::outbound::{Answer, Client, Failure, SigningSecret, body_header, standard_header};
use market::wire::Wire;
use market::{Duration, Market, Result, Time};
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::JoinSet;

/// The most deliveries that this process sends at a time.
const SENDS_MAX: usize = 256;
/// The most outcomes that are noted in one transaction.
const NOTED_MAX: usize = 256;
/// The pause between two looks for deliveries whose time has come, and for events of other processes.
const LOOK_EVERY: std::time::Duration = std::time::Duration::from_secs(1);

pub(super) fn spawn(workers: &mut JoinSet<()>, services: &Services, client: Client) {
    let Services { market, webhooks, draining, .. } = services;
    let written = Arc::new(Notify::new());
    workers.spawn(until(draining.clone(), follow(market.clone(), webhooks.wires, written.clone())));
    workers.spawn(until(draining.clone(), send_all(market.clone(), client, written)));
}

/// Writes the deliveries of new events, soon after they happened.
async fn follow(market: Market, wires: &'static [Wire], written: Arc<Notify>) {
    let mut writes = market.db.event_writes();
    loop {
        match delivery::follow(&market, wires).await {
            Ok(true) => written.notify_one(),
            Ok(false) => {
                // Events of other processes are told by nobody for sure, so it also looks by itself.
                let _ = tokio::time::timeout(LOOK_EVERY, writes.changed()).await;
            }
            Err(error) => {
                tracing::error!(code = %error.code, "deliveries of webhooks could not be written");
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

/// Sends what is due, many at a time.
async fn send_all(market: Market, client: Client, written: Arc<Notify>) {
    let mut sends = JoinSet::new();
    let mut is_time = true;
    loop {
        if is_time && sends.len() < SENDS_MAX {
            match claim(&market, SENDS_MAX - sends.len()).await {
                Ok(due) => {
                    for due in due {
                        sends.spawn(send(market.clone(), client.clone(), due));
                    }
                }
                Err(error) => {
                    tracing::error!(code = %error.code, "webhooks that are due could not be claimed");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
        is_time = true;
        tokio::select! {
            biased;
            Some(first) = sends.join_next() => note_all(&market, &mut sends, first.ok()).await,
            () = written.notified() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
        }
    }
}

async fn claim(market: &Market, room: usize) -> Result<Vec<Due>> {
    let limit = i64::try_from(room).unwrap_or(i64::MAX);
    market::act!(market, |tx| delivery::claim_due(tx, &market.secret, limit).await)
}

/// Notes an outcome, and with it all others that are there.
async fn note_all(market: &Market, sends: &mut JoinSet<Attempted>, first: Option<Attempted>) {
    let mut outcomes: Vec<_> = first.into_iter().collect();
    while outcomes.len() < NOTED_MAX
        && let Some(next) = sends.try_join_next()
    {
        outcomes.extend(next.ok());
    }
    let noted = market::act!(market, |tx| delivery::note(tx, &outcomes).await);
    if let Err(error) = noted {
        // The leases lapse, and the deliveries are sent again under their ids.
        tracing::error!(code = %error.code, count = outcomes.len(), "outcomes of webhooks could not be noted");
    }
}

async fn send(market: Market, client: Client, due: Due) -> Attempted {
    let at = market.clock.now();
    let sent = match headers(&due, at) {
        Some(headers) => client.post(&due.url, headers, due.body.clone()).await,
        None => Err(Failure::Broken),
    };
    let now = market.clock.now();
    let latency = match &sent {
        Ok(answer) => answer.latency,
        Err(_) => now.since(at),
    };
    Attempted { lease: due.lease, at, latency_ms: latency.as_ms(), outcome: outcome(sent, now) }
}

fn outcome(sent: Result<Answer, Failure>, now: Time) -> Outcome {
    match sent {
        Ok(answer) => Outcome::Answered {
            status: answer.status,
            retry_after: answer.retry_after.map(|wish| wish.time(now).since(now)).filter(|wait| *wait > Duration::ZERO),
            answer: String::from_utf8_lossy(&answer.body_start).into_owned(),
        },
        Err(failure) => Outcome::Failed(failure.sentence().to_owned()),
    }
}

/// Returns the headers of a delivery: those of Standard Webhooks, and those of gagiteck's reference.
fn headers(due: &Due, at: Time) -> Option<HeaderMap> {
    let secrets: Vec<_> = due.secrets.iter().filter_map(|secret| SigningSecret::read(secret)).collect();
    let body = due.body.as_bytes();
    let standard = standard_header(&secrets, due.id.as_str(), at, body);
    let legacy = body_header(secrets.first()?, body);
    let texts = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (HeaderName::from_static("webhook-id"), due.id.to_string()),
        (HeaderName::from_static("webhook-timestamp"), at.seconds().to_string()),
        (HeaderName::from_static("webhook-signature"), standard),
        (HeaderName::from_static("x-webhook-signature"), legacy),
        (HeaderName::from_static("x-webhook-event"), due.event.clone()),
        (HeaderName::from_static("x-webhook-id"), due.id.to_string()),
        (HeaderName::from_static("x-webhook-timestamp"), at.to_string()),
    ];
    texts.into_iter().map(|(name, text)| Some((name, HeaderValue::try_from(text).ok()?))).collect()
}
