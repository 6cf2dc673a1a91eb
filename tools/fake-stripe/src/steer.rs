//! Steering by tests: banks decide, payments are refunded and disputed, accounts are restricted, calls fail, events are held back.

mod bank;
pub(crate) mod delivery;
mod money;
pub(crate) mod trouble;

use crate::state::Shared;
use axum::Router;
use axum::http::StatusCode;
use axum::routing::{get, post};

pub(crate) fn routes() -> Router<Shared> {
    Router::new()
        .route("/_test/sessions", get(bank::sessions))
        .route("/_test/objects/{kind}", get(bank::objects))
        .route("/_test/bank", post(bank::bank))
        .route("/_test/expire", post(bank::expire))
        .route("/_test/reversal", post(bank::reversal))
        .route("/_test/account", post(money::account))
        .route("/_test/payout", post(money::payout))
        .route("/_test/transfer", post(money::transfer))
        .route("/_test/balance", post(money::balance))
        .route("/_test/trouble", post(trouble::trouble))
        .route("/_test/events", post(delivery::events))
        .route("/_test/resend", post(delivery::resend))
        .route("/_test/webhook", post(delivery::webhook))
}

/// Returns 200 if something was there to steer, and 404 if not.
fn found(is_found: bool) -> StatusCode {
    if is_found { StatusCode::OK } else { StatusCode::NOT_FOUND }
}
