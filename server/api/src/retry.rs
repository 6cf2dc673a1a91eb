//! Retries of transient failures: an act that lost to another transaction changed nothing, and running it again is the remedy.

use crate::error_response::ErrorResponse;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use market::{Error, RETRIES_MAX};

/// Runs a request, and again while its failure is transient, with at most [`RETRIES_MAX`] retries.
pub(crate) async fn retry(parts: Parts, body: Bytes, next: Next) -> Response {
    for _ in 0..RETRIES_MAX {
        let response = next.clone().run(Request::from_parts(parts.clone(), Body::from(body.clone()))).await;
        if !is_transient(&response) {
            return response;
        }
        tracing::debug!("transient failure: retrying");
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

fn is_transient(response: &Response) -> bool {
    response.extensions().get::<ErrorResponse>().is_some_and(|refusal| Error::is_transient(&refusal.error))
}
