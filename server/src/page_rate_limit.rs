//! Rate limiting of pages and their forms, with the API's counters, so that forms don't double the guesses at a password.

use crate::error_response::error_response;
use crate::request::id_of;
use api::rate_limit::{MEMBER_FORMS, Policy};
use api::{PageRequest, RateLimiter, Services};
use app::site::{FORM_PATH, FormLimit};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};
use market::Error;
use market::id::JobId;
use market::network::Network;
use std::sync::Arc;

/// Counts a request, and tells the pages how to count the body of a form.
pub(crate) async fn check(State(services): State<Services>, mut request: Request, next: Next) -> Response {
    let address = services.limiter.address(request.headers(), request.extensions());
    let wanted = match *request.method() {
        Method::POST => form(request.uri().path().strip_prefix(FORM_PATH).unwrap_or_default()),
        _ => PageRequest::Read,
    };
    if let Err(error) = services.limiter.check_page(address, wanted) {
        return later(&request, error);
    }
    let network = Network::of(address);
    request.extensions_mut().insert(services.bodies.of_network(&network));
    request.extensions_mut().insert(network);
    next.run(request).await
}

/// Returns the counter of a form: forms that take a password or a mailed code are counted with the logins.
fn form(call: &str) -> PageRequest {
    match call {
        "sign-in" | "sign-in/code" | "sign-up" | "verify" | "forgot-password" | "reset-password" | "confirm-address" | "not-me" => {
            PageRequest::Login
        }
        "settings/password" | "settings/address" | "settings/privacy/export" | "settings/privacy/delete" => PageRequest::Login,
        "settings/second-factor" | "settings/second-factor/confirm" | "settings/second-factor/off" | "settings/second-factor/codes" => {
            PageRequest::Login
        }
        _ => PageRequest::Form,
    }
}

/// Returns the limit on the forms of one member.
pub(crate) fn of_member(limiter: RateLimiter) -> FormLimit {
    Arc::new(move |actor, form, job| {
        let (policy, act) = policy(form);
        // Only an id is kept as a key: a form's field may be as long as the form.
        let job = job.and_then(|text| JobId::parse(text).ok());
        let job = job.as_ref().map_or("", JobId::as_str);
        limiter.check_member(actor, policy, format!("/api/jobs/{job}/{act}"))
    })
}

/// Returns the policy of a member's form, and the act's name in the API: forms that move money share the counters of the API.
fn policy(form: &str) -> (&'static Policy, &'static str) {
    match form {
        "jobs/fund" | "jobs/hire" => (&dialects::FUNDING, "fund-escrow"),
        "proof/fund" => (&dialects::FUNDING, "fund-proof-escrow"),
        "jobs/feature" => (&dialects::FEATURING, "feature"),
        _ => (&MEMBER_FORMS, ""),
    }
}

/// Renders the refusal, as a page for a browser and as JSON for a script, with `Retry-After`.
fn later(request: &Request, error: Error) -> Response {
    let wait = error.facts.as_ref().and_then(|facts| facts.get("retry_after")).and_then(serde_json::Value::as_u64);
    let accepts = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    let mut response = if accepts.is_some_and(|accepts| accepts.contains("text/html")) {
        error_response(request.uri().path(), id_of(request), &error)
    } else {
        (StatusCode::TOO_MANY_REQUESTS, axum::Json(error)).into_response()
    };
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
    }
    response
}
