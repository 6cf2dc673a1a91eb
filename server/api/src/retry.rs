//! Retries of transient failures: an act that lost to another transaction changed nothing, and running it again is the remedy.

use crate::body::BODY_BYTES_MAX;
use crate::error_response::ErrorResponse;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use market::Error;

/// The most retries of one request.
pub(crate) const RETRIES_MAX: usize = 3;

/// The retry layer for services outside the dialects, such as page forms: `.layer(from_fn(api::retry_transient))`.
///
/// The inner service marks a failed response by putting the `market::Error` into the response's extensions; a transient
/// one is retried. By then the service must not have changed anything that outlives the response. A body of more than
/// 1 MiB, or of unknown length, is passed on unread, and its request runs once.
pub async fn retry_transient(request: Request, next: Next) -> Response {
    let fits = request.body().size_hint().upper().is_some_and(|most| most <= BODY_BYTES_MAX as u64);
    if request.method().is_safe() || !fits {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, BODY_BYTES_MAX).await {
        Ok(bytes) => retry(parts, bytes, next).await,
        Err(_) => (StatusCode::BAD_REQUEST, "The request broke off in its middle.").into_response(),
    }
}

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
    let extensions = response.extensions();
    let error = extensions.get::<ErrorResponse>().map(|refusal| &refusal.error).or_else(|| extensions.get::<Error>());
    error.is_some_and(Error::is_transient)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::middleware::from_fn;
    use axum::routing::post;
    use axum::{Extension, Router};
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use tower::ServiceExt;

    /// Sends a form whose first `failures` runs fail; returns status, body and the number of runs.
    async fn asked(failures: usize, error: fn() -> Error, body: Body) -> (StatusCode, Bytes, usize) {
        let runs = Arc::new(AtomicUsize::new(0));
        let count = runs.clone();
        let form = move |body: Bytes| {
            let run = count.fetch_add(1, Ordering::SeqCst);
            let marked = (StatusCode::SERVICE_UNAVAILABLE, Extension(error())).into_response();
            async move { if run < failures { marked } else { body.into_response() } }
        };
        let router = Router::new().route("/_fn/act", post(form)).layer(from_fn(retry_transient));
        let response = router.oneshot(Request::post("/_fn/act").body(body).expect("a request")).await.expect("an answer");
        let (parts, body) = response.into_parts();
        (parts.status, to_bytes(body, 1 << 20).await.expect("a body"), runs.load(Ordering::SeqCst))
    }

    #[tokio::test]
    async fn a_form_in_anothers_way_is_run_again_with_its_body() {
        for failures in [0, 1, 3] {
            let (status, body, runs) = asked(failures, Error::try_again, "a=1".into()).await;
            assert_eq!((status, &body[..], runs), (StatusCode::OK, &b"a=1"[..], failures + 1));
        }
    }

    #[tokio::test]
    async fn but_not_for_ever_nor_for_any_error() {
        assert_eq!(asked(9, Error::try_again, "a=1".into()).await.2, RETRIES_MAX + 1);
        assert_eq!(asked(9, Error::internal, "a=1".into()).await.2, 1);
    }

    #[tokio::test]
    async fn what_can_not_be_kept_is_passed_on() {
        let stream = Body::from_stream(futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"a=1"))]));
        assert_eq!(asked(1, Error::try_again, stream).await.2, 1);
        assert_eq!(asked(1, Error::try_again, vec![b'a'; BODY_BYTES_MAX + 1].into()).await.2, 1);
    }
}
