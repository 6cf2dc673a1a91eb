//! The page on which a payee gives Stripe their particulars, and the payee's dashboard.

use super::{button, escaped, page, text};
use crate::api::connect::accounts::require;
use crate::objects::connect::Link;
use crate::state::{Shared, now};
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

/// The part that an account lacks after an onboarding that was left incomplete.
const LEFT_OUT: &str = "individual.verification.document";

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/onboard/{token}", get(show))
        .route("/onboard/{token}/{how}", post(end))
        .route("/express/{account}", get(dashboard))
}

async fn show(State(fake): State<Shared>, Path(token): Path<String>) -> Response {
    let Some(link) = fake.lock().links.get(&token).cloned() else {
        return page(StatusCode::NOT_FOUND, "Onboarding", "<p>This link was used, or never was.</p>");
    };
    if link.expires_at <= now() {
        return Redirect::to(&link.refresh_url).into_response();
    }
    let act = |how: &str, label: &str| button(&format!("/onboard/{token}/{how}"), label);
    let body = [
        "<p>Stripe asks for your name, your birthday and your bank account.</p>".to_owned(),
        act("complete", "Give everything"),
        act("incomplete", "Leave your document out"),
        act("expire", "Wait until the link expires"),
        format!("<a href='{}'>Return without an answer</a>", escaped(&link.return_url)),
    ];
    page(StatusCode::OK, "Become a payee", &body.concat())
}

async fn end(State(fake): State<Shared>, Path((token, how)): Path<(String, String)>) -> Response {
    let mut held = fake.lock();
    let due: &[&str] = match how.as_str() {
        "complete" => &[],
        "incomplete" => &[LEFT_OUT],
        "expire" => {
            let refresh = held.links.remove(&token).map(|link| link.refresh_url);
            return refresh.map_or(StatusCode::GONE.into_response(), |url| Redirect::to(&url).into_response());
        }
        _ => return StatusCode::NOT_FOUND.into_response(),
    };
    let Some(Link { account, return_url, .. }) = held.links.remove(&token) else { return StatusCode::GONE.into_response() };
    require(&mut held, &account, due);
    Redirect::to(&return_url).into_response()
}

async fn dashboard(State(fake): State<Shared>, Path(account): Path<String>) -> Response {
    let held = fake.lock();
    let found = held.get(&account);
    if found["object"] != "account" {
        return StatusCode::NOT_FOUND.into_response();
    }
    let cents = held.balance(Some(&account), "usd");
    let body = format!("<p>{}</p><p>Balance: {}.{:02} USD</p>", escaped(text(&found, "email")), cents / 100, cents % 100);
    page(StatusCode::OK, "Express Dashboard", &body)
}
