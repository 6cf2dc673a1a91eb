//! Retries of transient failures: an act that lost to another transaction changed nothing, and running it again is the remedy.

use crate::error_response::ErrorResponse;
use axum::body::Body;
use axum::extract::Request;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use market::Retries;

/// Runs a request whose body is in its extensions, and again while its failure is worth it.
pub(crate) async fn retry(parts: Parts, next: Next) -> Response {
    let mut retries = Retries::default();
    loop {
        let response = next.clone().run(Request::from_parts(parts.clone(), Body::empty())).await;
        let refusal = response.extensions().get::<ErrorResponse>();
        if !refusal.is_some_and(|refusal| retries.again(&refusal.error)) {
            return response;
        }
        tracing::debug!("transient failure: retrying");
    }
}
