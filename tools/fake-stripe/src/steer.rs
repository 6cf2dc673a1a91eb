//! How tests steer the fake: banks decide, payments are refunded and disputed, calls fail, events are held back.

use crate::events::send;
use crate::pages::settle;
use crate::state::{Shared, Trouble, now};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/_test/sessions", get(sessions))
        .route("/_test/bank", post(bank))
        .route("/_test/expire", post(expire))
        .route("/_test/reversal", post(reversal))
        .route("/_test/trouble", post(trouble))
        .route("/_test/events", post(events))
}

async fn sessions(State(fake): State<Shared>) -> Json<Vec<Value>> {
    Json(fake.lock().sessions.values().cloned().collect())
}

#[derive(Deserialize)]
struct Bank {
    session: String,
    pays: bool,
}

async fn bank(State(fake): State<Shared>, Json(bank): Json<Bank>) -> StatusCode {
    let Some(event) = settle(&fake, &bank.session, bank.pays) else { return StatusCode::NOT_FOUND };
    send(&fake, event);
    StatusCode::OK
}

#[derive(Deserialize)]
struct Expire {
    session: String,
}

async fn expire(State(fake): State<Shared>, Json(Expire { session }): Json<Expire>) -> StatusCode {
    let event = {
        let mut held = fake.lock();
        let Some(found) = held.sessions.get_mut(&session) else { return StatusCode::NOT_FOUND };
        found["status"] = json!("expired");
        let found = found.clone();
        held.event("checkout.session.expired", &found)
    };
    send(&fake, event);
    StatusCode::OK
}

/// A refund (`re`) or a dispute (`dp`) of a session's payment; the same id again changes its status.
#[derive(Deserialize)]
struct Reversal {
    id: String,
    session: String,
    amount: i64,
    status: String,
}

async fn reversal(State(fake): State<Shared>, Json(asked): Json<Reversal>) -> StatusCode {
    let event = {
        let mut held = fake.lock();
        let Some(intent) = held.sessions.get(&asked.session).map(|session| session["payment_intent"].clone()) else {
            return StatusCode::NOT_FOUND;
        };
        let is_dispute = asked.id.starts_with("dp_");
        let is_new = !held.reversals.contains_key(&asked.id);
        let object = json!({
            "id": asked.id, "object": if is_dispute { "dispute" } else { "refund" }, "amount": asked.amount, "currency": "usd",
            "payment_intent": intent, "status": asked.status, "created": now(), "livemode": false, "metadata": {},
        });
        held.reversals.insert(asked.id, object.clone());
        let kind = match (is_dispute, is_new, asked.status.as_str()) {
            (true, true, _) => "charge.dispute.created",
            (true, false, _) => "charge.dispute.closed",
            (false, true, _) => "refund.created",
            (false, false, "failed") => "refund.failed",
            (false, false, _) => "refund.updated",
        };
        held.event(kind, &object)
    };
    send(&fake, event);
    StatusCode::OK
}

#[derive(Deserialize)]
struct Next {
    /// The status of the next call's refusal; none: the call takes effect and is never answered.
    status: Option<u16>,
    times: usize,
}

async fn trouble(State(fake): State<Shared>, Json(next): Json<Next>) -> StatusCode {
    let trouble = next.status.map_or(Trouble::Silence, Trouble::Refuse);
    fake.lock().trouble.extend(std::iter::repeat_n(trouble, next.times));
    StatusCode::OK
}

#[derive(Deserialize)]
struct Events {
    /// True to keep events back, false to send those that were kept, `"lost"` to drop them.
    hold: bool,
    #[serde(default)]
    lose: bool,
}

async fn events(State(fake): State<Shared>, Json(asked): Json<Events>) -> StatusCode {
    let held = {
        let mut state = fake.lock();
        state.holds_events = asked.hold;
        if asked.hold { Vec::new() } else { std::mem::take(&mut state.held) }
    };
    if !asked.lose {
        held.into_iter().for_each(|event| send(&fake, event));
    }
    StatusCode::OK
}
