//! Running a request again whose act was in another's way: nothing of it happened, and once more is the whole remedy.

use crate::body::BYTES_MOST;
use crate::refusal::Refusal;
use axum::body::{Body, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use market::Error;

/// How often.
pub(crate) const RERUNS_MOST: usize = 3;

/// A layer for what is no dialect, such as the forms of pages: `.layer(from_fn(api::again))`.
///
/// The service inside marks a response that may be dropped and asked for again by putting the `market::Error` into the
/// response's extensions; a transient one is what counts. It must not have changed anything by then that outlives the
/// response. A body of more than 1 MiB, or of unknown length, is passed on unread and its request is run once.
pub async fn again(request: Request, next: Next) -> Response {
    let fits = request.body().size_hint().upper().is_some_and(|most| most <= BYTES_MOST as u64);
    if request.method().is_safe() || !fits {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, BYTES_MOST).await {
        Ok(bytes) => rerun(parts, bytes, next).await,
        Err(_) => (StatusCode::BAD_REQUEST, "The request broke off in its middle.").into_response(),
    }
}

/// Runs it until it is not in another's way, or was often enough.
pub(crate) async fn rerun(parts: Parts, body: Bytes, next: Next) -> Response {
    for _ in 0..RERUNS_MOST {
        let response = next.clone().run(Request::from_parts(parts.clone(), Body::from(body.clone()))).await;
        if !is_transient(&response) {
            return response;
        }
        tracing::debug!("an act was in another's way: once more");
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

fn is_transient(response: &Response) -> bool {
    let extensions = response.extensions();
    let error = extensions.get::<Refusal>().map(|refusal| &refusal.error).or_else(|| extensions.get::<Error>());
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

    /// What a form heard whose first `failures` runs were in another's way, and how often it ran.
    async fn asked(failures: usize, error: fn() -> Error, body: Body) -> (StatusCode, Bytes, usize) {
        let runs = Arc::new(AtomicUsize::new(0));
        let count = runs.clone();
        let form = move |body: Bytes| {
            let run = count.fetch_add(1, Ordering::SeqCst);
            let marked = (StatusCode::SERVICE_UNAVAILABLE, Extension(error())).into_response();
            async move { if run < failures { marked } else { body.into_response() } }
        };
        let router = Router::new().route("/_fn/act", post(form)).layer(from_fn(again));
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
        assert_eq!(asked(9, Error::try_again, "a=1".into()).await.2, RERUNS_MOST + 1);
        assert_eq!(asked(9, Error::internal, "a=1".into()).await.2, 1);
    }

    #[tokio::test]
    async fn what_can_not_be_kept_is_passed_on() {
        let stream = Body::from_stream(futures::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"a=1"))]));
        assert_eq!(asked(1, Error::try_again, stream).await.2, 1);
        assert_eq!(asked(1, Error::try_again, vec![b'a'; BYTES_MOST + 1].into()).await.2, 1);
    }
}
