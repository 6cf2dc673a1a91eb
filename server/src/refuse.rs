//! An answer from no room in particular: the request never reached a page or a dialect, or came out of it broken.

use axum::response::{Html, IntoResponse, Response};
use http::StatusCode;
use market::Error;
use serde_json::json;

/// Dresses an error for whoever asked at `path`: JSON for programs, a page for people.
pub(crate) fn refuse(path: &str, request_id: &str, error: &Error) -> Response {
    let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if is_api(path) {
        let told = json!({ "code": error.code, "message": error.message });
        return (status, axum::Json(json!({ "error": told, "requestId": request_id }))).into_response();
    }
    (status, Html(page(status, &error.message, request_id))).into_response()
}

/// Whether programs live at this path.
pub(crate) fn is_api(path: &str) -> bool {
    ["/api", "/v1"].iter().any(|root| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
}

/// Plain, without anything that could itself fail. Neither text comes from the request.
fn page(status: StatusCode, message: &str, request_id: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
         <title>{status}</title><h1>{status}</h1><p>{message}</p><p>Request <code>{request_id}</code></p>\
         <p><a href=\"/\">Guildhall</a></p></html>"
    )
}
