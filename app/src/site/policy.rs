//! The content security policy of pages, and the plain-text error for when no page can be rendered.

use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::response::{IntoResponse, Response};
use leptos::nonce::use_nonce;
use leptos::prelude::expect_context;
use leptos_axum::ResponseOptions;
use market::Error;

/// Sets the content security policy with the nonce of this page's scripts, and forbids shared caches.
pub(crate) fn set() {
    let nonce = use_nonce().map(|nonce| format!(" 'nonce-{nonce}'")).unwrap_or_default();
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{nonce}; style-src 'self'; img-src 'self' data:; media-src 'self'; \
         font-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    );
    let options = expect_context::<ResponseOptions>();
    options.insert_header(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    // A nonce is URL-safe base64, so the header can't be malformed.
    if let Ok(value) = HeaderValue::from_str(&policy) {
        options.insert_header(header::CONTENT_SECURITY_POLICY, value);
    }
}

/// Renders an error in plain text, for when the session or the database can't be reached.
pub(super) fn bare(error: &Error) -> Response {
    let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, error.message.clone().into_owned()).into_response()
}
