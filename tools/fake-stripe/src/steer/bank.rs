//! The decisions of payers' banks: debits, refunds and disputes.

use super::found;
use crate::api::{charging, checkout, open_dispute, refund};
use crate::state::{Fake, Shared};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

pub(super) async fn sessions(State(fake): State<Shared>) -> Json<Vec<Value>> {
    Json(all(&fake.lock(), "checkout.session"))
}

/// Returns all objects of a kind, of the platform and of each account: `payout`, `event`.
pub(super) async fn objects(State(fake): State<Shared>, Path(kind): Path<String>) -> Json<Vec<Value>> {
    Json(all(&fake.lock(), &kind))
}

fn all(fake: &Fake, kind: &str) -> Vec<Value> {
    fake.all_of_kind(kind).into_iter().cloned().collect()
}

/// The end of a bank debit, of a checkout session or of an intent without one.
#[derive(Deserialize)]
pub(super) struct Bank {
    session: Option<String>,
    payment_intent: Option<String>,
    pays: bool,
}

pub(super) async fn bank(State(fake): State<Shared>, Json(bank): Json<Bank>) -> StatusCode {
    let mut held = fake.lock();
    if let Some(session) = bank.session {
        return found(checkout::settle(&mut held, &session, bank.pays));
    }
    let intent = bank.payment_intent.unwrap_or_default();
    if held.get(&intent)["status"] != "processing" {
        return StatusCode::NOT_FOUND;
    }
    if bank.pays {
        charging::succeed(&mut held, &intent);
    } else {
        let reason = ("payment_intent_payment_attempt_failed", "debit_not_authorized");
        charging::refuse(&mut held, &intent, reason, "The customer's bank account could not be debited.");
    }
    StatusCode::OK
}

#[derive(Deserialize)]
pub(super) struct Expire {
    session: String,
}

pub(super) async fn expire(State(fake): State<Shared>, Json(Expire { session }): Json<Expire>) -> StatusCode {
    found(checkout::expire(&mut fake.lock(), &session).is_ok())
}

/// A refund (`re`) or a dispute (`dp`) of a payment; the id of one that exists changes its status.
#[derive(Deserialize)]
pub(super) struct Reversal {
    id: String,
    session: Option<String>,
    payment_intent: Option<String>,
    amount: i64,
    status: String,
}

pub(super) async fn reversal(State(fake): State<Shared>, Json(asked): Json<Reversal>) -> StatusCode {
    let mut held = fake.lock();
    let of_session = asked.session.map(|session| held.get(&session)["payment_intent"].as_str().unwrap_or_default().to_owned());
    let intent = held.get(&of_session.or(asked.payment_intent).unwrap_or_default());
    let charge = held.get(intent["latest_charge"].as_str().unwrap_or_default());
    let Some(charge_id) = charge["id"].as_str() else { return StatusCode::NOT_FOUND };
    if asked.id.starts_with("dp_") {
        open_dispute(&mut held, Some(&asked.id), charge_id, Some(asked.amount), &asked.status);
    } else {
        refund(&mut held, &asked.id, &charge, asked.amount, &asked.status);
    }
    StatusCode::OK
}
