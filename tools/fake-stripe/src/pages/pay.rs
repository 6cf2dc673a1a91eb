//! The page of a checkout session: a card, a bank debit, or the way back.

use super::{button, escaped, page, text};
use crate::api::checkout::{complete, expire, expire_late};
use crate::objects::method::payment_method;
use crate::refused::Refused;
use crate::state::Shared;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::Value;

/// The number of the test card that works.
const CARD: &str = "4242424242424242";
/// The test cards that a person can choose, with what they do.
const CARDS: [(&str, &str); 6] = [
    (CARD, "works"),
    ("4000000000000002", "is declined at once"),
    ("4000000000009995", "has no money"),
    ("4000000000000341", "can be saved, and is declined later"),
    ("4000002760003184", "asks for the person each time"),
    ("4000000000000259", "is disputed after the payment"),
];

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/pay/{id}", get(show)).route("/pay/{id}/expire", post(wait)).route("/pay/{id}/{how}", post(pay))
}

async fn show(State(fake): State<Shared>, Path(id): Path<String>) -> Response {
    let mut held = fake.lock();
    expire_late(&mut held, &id);
    drawn(StatusCode::OK, &held.get(&id), "")
}

fn drawn(status: StatusCode, session: &Value, problem: &str) -> Response {
    if session["object"] != "checkout.session" {
        return page(StatusCode::NOT_FOUND, "Checkout", "<p>There is no such checkout.</p>");
    }
    let id = text(session, "id");
    if session["status"] != "open" {
        return page(status, "Checkout", &format!("<p>This checkout is {}.</p>", text(session, "status")));
    }
    let is_setup = session["mode"] == "setup";
    let title = match session["amount_total"].as_i64() {
        Some(total) => format!("Pay {}.{:02} {}", total / 100, total % 100, text(session, "currency").to_uppercase()),
        None => "Save a payment method".to_owned(),
    };
    let label = if is_setup { "Save card" } else { "Pay by card" };
    let types = session["payment_method_types"].as_array().cloned().unwrap_or_default();
    let mut body = if problem.is_empty() { String::new() } else { format!("<p role=alert>{}</p>", escaped(problem)) };
    if types.iter().any(|kind| kind == "card") {
        let options: String = CARDS.iter().map(|(number, does)| format!("<option value={number}>{number} {does}</option>")).collect();
        let field = format!("<label>Card <select name=number>{options}</select></label>");
        body += &format!("<form method=post action='/pay/{id}/card'>{field} <button>{label}</button></form>");
    }
    if types.iter().any(|kind| kind != "card") {
        body += &button(&format!("/pay/{id}/debit"), if is_setup { "Save bank account" } else { "Pay by bank debit" });
    }
    if types.iter().any(|kind| kind == "card") {
        body += &button(&format!("/pay/{id}/decline"), "Try a card that is declined");
    }
    body += &button(&format!("/pay/{id}/expire"), "Wait until it expires");
    if let Some(back) = session["cancel_url"].as_str() {
        body += &format!("<a href='{}'>Back</a>", escaped(back));
    }
    page(status, &title, &body)
}

async fn wait(State(fake): State<Shared>, Path(id): Path<String>) -> Response {
    let mut held = fake.lock();
    let status = if expire(&mut held, &id).is_ok() { StatusCode::OK } else { StatusCode::CONFLICT };
    drawn(status, &held.get(&id), "")
}

async fn pay(State(fake): State<Shared>, Path((id, how)): Path<(String, String)>, body: String) -> Response {
    let mut held = fake.lock();
    expire_late(&mut held, &id);
    let session = held.get(&id);
    let chosen = form_urlencoded::parse(body.as_bytes()).find(|(name, _)| name == "number").map(|(_, number)| number.into_owned());
    let number = chosen.as_deref().unwrap_or(CARD);
    let (kind, last4) = match how.as_str() {
        "card" => ("card", number.get(number.len().saturating_sub(4)..).unwrap_or("4242")),
        "decline" => ("card", "0002"),
        "debit" => (bank_kind(&session), "6789"),
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    if session["status"] != "open" {
        return drawn(StatusCode::CONFLICT, &session, "");
    }
    let owner = held.owner(&id).map(str::to_owned);
    let method = held.id("pm");
    let mut method = payment_method(&method, kind, last4);
    method["billing_details"]["email"] = session["customer_email"].clone();
    held.put(owner.as_deref(), method.clone());
    match complete(&mut held, &id, &method) {
        Ok(session) => Redirect::to(&text(&session, "success_url").replace("{CHECKOUT_SESSION_ID}", &id)).into_response(),
        Err(Refused { error, .. }) => drawn(StatusCode::PAYMENT_REQUIRED, &held.get(&id), text(&error, "message")),
    }
}

fn bank_kind(session: &Value) -> &'static str {
    let types = session["payment_method_types"].as_array();
    if types.is_some_and(|types| types.iter().any(|kind| kind == "sepa_debit")) { "sepa_debit" } else { "us_bank_account" }
}
