//! Error responses made outside pages and dialects: timeouts, panics, forged requests, rate limits of forms.

use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use market::Error;
use serde_json::json;

/// Renders an error for the caller of `path`: JSON for programs, a page for people.
pub(crate) fn error_response(path: &str, request_id: &str, error: &Error) -> Response {
    let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if is_api(path) {
        let told = json!({ "code": error.code, "message": error.message });
        return (status, axum::Json(json!({ "error": told, "requestId": request_id }))).into_response();
    }
    (status, Html(page(status, &error.message, request_id))).into_response()
}

/// Returns true if the path belongs to an API.
pub(crate) fn is_api(path: &str) -> bool {
    ["/api", "/v1"].iter().any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Renders a plain error page with nothing that could itself fail. Neither text contains input of the request.
fn page(status: StatusCode, message: &str, request_id: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{status}</title><h1>{status}</h1><p>{message}</p><p>Request <code>{request_id}</code></p>\
         <p><a href=\"/\">Guildhall</a></p></html>"
    )
}
