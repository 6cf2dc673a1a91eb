//! The question that a bank asks its card holder, for an intent that requires an action.

use super::{button, page, text};
use crate::api::{charging, intents};
use crate::state::Shared;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde_json::json;

pub(super) fn routes() -> Router<Shared> {
    Router::new().route("/authenticate/{intent}", get(show)).route("/authenticate/{intent}/{how}", post(end))
}

async fn show(State(fake): State<Shared>, Path(id): Path<String>) -> Response {
    if fake.lock().get(&id)["status"] != "requires_action" {
        return page(StatusCode::NOT_FOUND, "Your bank", "<p>There is nothing to confirm.</p>");
    }
    let act = |how: &str, label: &str| button(&format!("/authenticate/{id}/{how}"), label);
    page(StatusCode::OK, "Your bank asks", &[act("approve", "It is me"), act("refuse", "It is not me")].concat())
}

async fn end(State(fake): State<Shared>, Path((id, how)): Path<(String, String)>) -> Response {
    let mut held = fake.lock();
    let intent = held.get(&id);
    if intent["status"] != "requires_action" {
        return StatusCode::CONFLICT.into_response();
    }
    let is_setup = intent["object"] == "setup_intent";
    match (how.as_str(), is_setup) {
        ("approve", false) => {
            charging::succeed(&mut held, &id);
        }
        ("approve", true) => {
            let method = held.get(text(&intent, "payment_method"));
            // The bank was answered: the card is saved now.
            let _ = intents::save(&mut held, &id, &method, true, None);
        }
        ("refuse", false) => {
            let message = "We are unable to authenticate your payment method.";
            charging::refuse(&mut held, &id, ("payment_intent_authentication_failure", "authentication_required"), message);
        }
        ("refuse", true) => {
            held.set(&id, json!({ "status": "requires_payment_method", "payment_method": null, "next_action": null }));
            held.emit("setup_intent.setup_failed", &id);
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    }
    match intent["next_action"]["redirect_to_url"]["return_url"].as_str() {
        Some(url) => Redirect::to(url).into_response(),
        None => page(StatusCode::OK, "Your bank", "<p>Thank you. You can close this page.</p>"),
    }
}
