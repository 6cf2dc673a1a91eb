//! Rate limiting of page forms, with the API's counters, so that forms don't double the guesses at a password.

use crate::error_response::error_response;
use crate::request::id_of;
use api::{Form, RateLimiter};
use app::site::FORM_PATH;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, Method, StatusCode, header};
use market::Error;

pub(crate) async fn check(State(limiter): State<RateLimiter>, request: Request, next: Next) -> Response {
    if request.method() != Method::POST {
        return next.run(request).await;
    }
    let call = request.uri().path().strip_prefix(FORM_PATH).unwrap_or_default();
    match limiter.check_form(limiter.address(request.headers(), request.extensions()), form(call)) {
        Ok(()) => next.run(request).await,
        Err(error) => later(&request, error),
    }
}

/// Returns the counter of a form: forms that take a password or a mailed code are counted with the logins.
fn form(call: &str) -> Form {
    match call {
        "sign-in" | "sign-in/code" | "sign-up" | "verify" | "forgot-password" | "reset-password" | "confirm-address" | "not-me" => {
            Form::Login
        }
        "settings/password" | "settings/address" => Form::Login,
        "settings/second-factor" | "settings/second-factor/confirm" | "settings/second-factor/off" | "settings/second-factor/codes" => {
            Form::Login
        }
        _ => Form::Other,
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
