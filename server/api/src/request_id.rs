//! The id of a request: the caller's own, if it is a sane one, else a new one. The program's outermost layer and the API
//! both ask here, so that one request has one id in logs and answers.

use axum::http::{HeaderMap, HeaderName};

/// The header that carries the id of a request, both ways.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The id that these headers give a request: 1 to 128 letters, digits, `-`, `_` and `.`; anything else gets a new id.
pub fn request_id(headers: &HeaderMap) -> String {
    let sane = |id: &&str| (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let given = headers.get(&REQUEST_ID).and_then(|value| value.to_str().ok()).filter(sane);
    given.map_or_else(|| market::id::random("req_"), str::to_owned)
}
