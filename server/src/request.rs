//! The outermost middleware: it gives each request an id and a span, a timeout, a panic handler, a log line and a metric.

mod progress_body;

use crate::error_response::{error_response, is_api};
use crate::metrics::Metrics;
use api::{REQUEST_ID, request_id};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use http::{HeaderValue, Method, StatusCode};
use market::{Error, Kind};
use progress_body::with_progress;
use std::panic::AssertUnwindSafe;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tracing::{Instrument, Span};

/// The longest a response may take to begin once its request has arrived; a stream may then last as long as it likes.
pub(crate) const BEGIN_WITHIN: Duration = Duration::from_secs(30);
/// The number of bytes that must arrive within [`BEGIN_WITHIN`] to extend the timeout: a large file on a slow line may take long,
/// but a client that sends single bytes may not hold a connection for ever.
const STILL_COMES: u64 = 64 << 10;
/// The duration from which a request is logged as slow.
const SLOW: Duration = Duration::from_secs(1);

/// The state of the middleware.
#[derive(Clone)]
pub(crate) struct RequestGuard {
    pub(crate) metrics: Metrics,
    pub(crate) begin_within: Duration,
}

pub(crate) async fn watch(State(frame): State<RequestGuard>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let words = request_id(request.headers());
    // Made of letters, digits and a few marks, it always fits a header.
    let id = HeaderValue::from_str(&words).unwrap_or(HeaderValue::from_static("req"));
    request.headers_mut().insert(REQUEST_ID, id.clone());
    let words = words.as_str();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let route = request.extensions().get::<MatchedPath>().cloned();
    // The API opens its own span with the same id.
    let span = if is_api(&path) { Span::none() } else { tracing::info_span!("request", id = words, %method, path) };
    let come = Arc::new(AtomicU64::new(0));
    let request = with_progress(request, &come);
    let mut answer = pin!(AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span));
    let mut before = 0;
    let mut response = loop {
        match tokio::time::timeout(frame.begin_within, &mut answer).await {
            Ok(Ok(response)) => break response,
            // The panic hook has logged message and place.
            Ok(Err(_)) => break error_response(&path, words, &Error::internal()),
            Err(_) => {
                let now = come.load(Ordering::Relaxed);
                if now - before < STILL_COMES {
                    break error_response(&path, words, &too_slow());
                }
                before = now;
            }
        }
    };
    let route = route.as_ref().map_or("page", MatchedPath::as_str);
    let (status, took) = (response.status(), started.elapsed());
    RequestRecord { id: words, method: &method, route, path: &path }.log(status, took);
    frame.metrics.answered(word(&method), route.to_owned(), status, took);
    response.headers_mut().entry(REQUEST_ID).or_insert(id);
    response
}

/// Returns the request's id, for handlers and inner middleware.
pub(crate) fn id_of(request: &Request) -> &str {
    request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default()
}

fn too_slow() -> Error {
    Error::new(Kind::Unavailable, "timeout", "This took too long and was given up. Try again in a moment.")
}

/// Returns the label of a method in the metrics; unknown methods share one label.
fn word(method: &Method) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].into_iter().find(|word| method == word).unwrap_or("other")
}

struct RequestRecord<'r> {
    id: &'r str,
    method: &'r Method,
    route: &'r str,
    path: &'r str,
}

impl RequestRecord<'_> {
    /// Logs a request: a change at `info`, a read at `debug`, a slow one at `warn`, a server error at `error`. The query is never
    /// logged, because it may hold a token.
    fn log(&self, status: StatusCode, took: Duration) {
        let Self { id, method, route, path } = *self;
        let (code, ms) = (status.as_u16(), took.as_micros() as f64 / 1000.0);
        if status.is_server_error() {
            tracing::error!(target: "guildhall::request", id, %method, route, path, status = code, ms, "failed");
        } else if took > SLOW {
            tracing::warn!(target: "guildhall::request", id, %method, route, path, status = code, ms, "slow");
        } else if method.is_safe() {
            tracing::debug!(target: "guildhall::request", id, %method, route, path, status = code, ms, "read");
        } else {
            tracing::info!(target: "guildhall::request", id, %method, route, path, status = code, ms, "changed");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use axum::routing::post;
    use futures::StreamExt;
    use tower::ServiceExt;

    async fn ask(path: &str) -> (StatusCode, String) {
        send(Request::get(path), Body::empty()).await
    }

    async fn send(request: http::request::Builder, body: Body) -> (StatusCode, String) {
        let broken = get(|| async {
            if true {
                panic!("the detail")
            }
        });
        let frame = RequestGuard { metrics: Metrics::new().unwrap(), begin_within: Duration::from_millis(50) };
        let router = Router::new()
            .route("/broken", broken.clone())
            .route("/api/broken", broken)
            .route("/stuck", get(std::future::pending::<()>))
            .route(
                "/slow",
                post(|body: Body| async move { to_bytes(body, 1 << 20).await.map(|all| all.len().to_string()).unwrap_or_default() }),
            )
            .layer(from_fn_with_state(frame, watch));
        let request = request.header(REQUEST_ID, "me-1").body(body).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.headers()[REQUEST_ID], "me-1");
        let (parts, body) = response.into_parts();
        (parts.status, String::from_utf8(to_bytes(body, 10_000).await.unwrap().to_vec()).unwrap())
    }

    #[tokio::test]
    async fn a_panic_is_our_fault_and_nobody_elses_business() {
        for (path, start) in [("/broken", "<!DOCTYPE html>"), ("/api/broken", "{")] {
            let (status, body) = ask(path).await;
            assert_eq!(status, 500, "{path}");
            assert!(body.starts_with(start) && body.contains("me-1") && !body.contains("the detail"), "{body}");
        }
    }

    #[tokio::test]
    async fn what_takes_too_long_is_given_up() {
        let (status, body) = ask("/stuck").await;
        assert_eq!(status, 503);
        assert!(body.contains("took too long"), "{body}");
    }

    /// A body of `pieces` pieces of `bytes` bytes, one every 20 ms.
    fn dripping(pieces: usize, bytes: usize) -> Body {
        let piece = move |_| async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Ok::<_, std::io::Error>(vec![b'x'; bytes])
        };
        Body::from_stream(futures::stream::iter(0..pieces).then(piece))
    }

    #[tokio::test]
    async fn what_still_comes_is_waited_for_and_what_drips_is_not() {
        let (status, read) = send(Request::post("/slow"), dripping(15, 60 << 10)).await;
        assert_eq!((status.as_u16(), read), (200, (15 * (60 << 10)).to_string()), "six times as long as an answer may take");
        let (status, body) = send(Request::post("/slow"), dripping(15, 100)).await;
        assert!(status == 503 && body.contains("took too long"), "{status} {body}");
    }
}
