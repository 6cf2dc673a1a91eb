//! The id of a request: the caller's own if it is well-formed, else a new one. The program's outermost layer and the API
//! both use this module, so that a request has one id in logs and responses.

use axum::http::{HeaderMap, HeaderName};

/// The header that carries the id of a request, in both directions.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Returns the id in these headers: 1 to 128 letters, digits, `-`, `_` and `.`; anything else is replaced by a new id.
pub fn request_id(headers: &HeaderMap) -> String {
    let sane = |id: &&str| (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let given = headers.get(&REQUEST_ID).and_then(|value| value.to_str().ok()).filter(sane);
    given.map_or_else(|| market::id::random("req_"), str::to_owned)
}
