//! The pages that people meet at Stripe: a checkout's, an onboarding's, a bank's question. All of them work without scripts.

mod authenticate;
mod onboard;
mod pay;

use crate::state::Shared;
use axum::Router;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde_json::Value;

pub(crate) fn routes() -> Router<Shared> {
    pay::routes().merge(onboard::routes()).merge(authenticate::routes())
}

/// Returns a page with a title and a body of HTML.
fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let head = "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>";
    (status, Html(format!("{head}<title>{0}</title><main><h1>{0}</h1>{body}</main></html>", escaped(title)))).into_response()
}

/// Returns a form of one button.
fn button(action: &str, label: &str) -> String {
    format!("<form method=post action='{}'><button>{label}</button></form>", escaped(action))
}

/// Returns a text for HTML.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('\'', "&#39;").replace('"', "&quot;")
}

/// Returns a text of an object, or an empty one.
fn text<'a>(object: &'a Value, name: &str) -> &'a str {
    object[name].as_str().unwrap_or_default()
}
