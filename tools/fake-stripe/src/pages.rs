//! The payment page of a session: a form for each way in which a payment ends.

use crate::events::send;
use crate::state::{Shared, now};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/pay/{id}", get(page)).route("/pay/{id}/{how}", post(pay))
}

async fn page(State(fake): State<Shared>, Path(id): Path<String>) -> Response {
    let Some(session) = fake.lock().sessions.get(&id).cloned() else { return StatusCode::NOT_FOUND.into_response() };
    let total = session["amount_total"].as_i64().unwrap();
    let button = |how: &str, label: &str| format!("<form method=post action=/pay/{id}/{how}><button>{label}</button></form>");
    let by = match session["payment_method_types"][0].as_str() {
        Some("us_bank_account") => button("debit", "Pay by bank debit"),
        _ => button("card", "Pay by card"),
    };
    let body = match session["status"].as_str() {
        Some("open") => format!("{by}<a href=\"{}\">Back</a>", session["cancel_url"].as_str().unwrap()),
        status => format!("<p>This checkout is {}.</p>", status.unwrap_or_default()),
    };
    let amount = format!("{}.{:02}", total / 100, total % 100);
    Html(format!("<!doctype html><html lang=en><title>Checkout</title><h1>Pay {amount} USD</h1>{body}")).into_response()
}

async fn pay(State(fake): State<Shared>, Path((id, how)): Path<(String, String)>) -> Response {
    let mut held = fake.lock();
    let intent = held.id("pi");
    let Some(session) = held.sessions.get_mut(&id).filter(|session| session["status"] == "open") else {
        return StatusCode::CONFLICT.into_response();
    };
    session["status"] = json!("complete");
    session["payment_intent"] = json!(intent);
    if how == "card" {
        session["payment_status"] = json!("paid");
    }
    let session = session.clone();
    let payment = json!({ "id": intent, "object": "payment_intent", "amount": session["amount_total"], "session": id, "created": now() });
    held.payments.insert(intent, payment);
    let event = held.event("checkout.session.completed", &session);
    drop(held);
    send(&fake, event);
    Redirect::to(session["success_url"].as_str().unwrap()).into_response()
}

/// Ends a bank debit: it succeeded or failed.
pub(crate) fn settle(fake: &Shared, id: &str, is_paid: bool) -> Option<Value> {
    let mut held = fake.lock();
    let session = held.sessions.get_mut(id)?;
    if is_paid {
        session["payment_status"] = json!("paid");
    }
    let session = session.clone();
    let kind = if is_paid { "checkout.session.async_payment_succeeded" } else { "checkout.session.async_payment_failed" };
    Some(held.event(kind, &session))
}
