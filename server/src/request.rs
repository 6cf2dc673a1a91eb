//! Around every request: an id, a span, a limit in time, a net under panics, a line in the log and a count.

use crate::metrics::Numbers;
use crate::refuse::{is_api, refuse};
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use futures::FutureExt;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use market::{Error, Kind};
use std::panic::AssertUnwindSafe;
use std::time::{Duration, Instant};
use tracing::{Instrument, Span};

const ID: HeaderName = HeaderName::from_static("x-request-id");
/// The longest an answer may take to begin; streams go on for as long as they like.
pub(crate) const BEGIN_WITHIN: Duration = Duration::from_secs(30);
/// Slower than this is worth a look.
const SLOW: Duration = Duration::from_secs(1);

/// What the frame needs to know.
#[derive(Clone)]
pub(crate) struct Frame {
    pub(crate) numbers: Numbers,
    pub(crate) begin_within: Duration,
}

pub(crate) async fn watch(State(frame): State<Frame>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = id(request.headers());
    request.headers_mut().insert(ID, id.clone());
    let words = id.to_str().unwrap_or_default();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let route = request.extensions().get::<MatchedPath>().cloned();
    // The API opens a span of its own, with the same id.
    let span = if is_api(&path) { Span::none() } else { tracing::info_span!("request", id = words, %method, path) };
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind().instrument(span);
    let mut response = match tokio::time::timeout(frame.begin_within, answer).await {
        Ok(Ok(response)) => response,
        // The panic hook has logged what and where.
        Ok(Err(_)) => refuse(&path, words, &Error::internal()),
        Err(_) => refuse(&path, words, &too_slow()),
    };
    let route = route.as_ref().map_or("page", MatchedPath::as_str);
    let (status, took) = (response.status(), started.elapsed());
    Seen { id: words, method: &method, route, path: &path }.told(status, took);
    frame.numbers.answered(word(&method), route.to_owned(), status, took);
    response.headers_mut().entry(ID).or_insert(id);
    response
}

/// The caller's own id if it is a sane one, else a new one.
fn id(headers: &HeaderMap) -> HeaderValue {
    let sane = |value: &&HeaderValue| {
        let bytes = value.as_bytes();
        (1..=128).contains(&bytes.len()) && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(b))
    };
    let given = headers.get(ID).filter(sane).cloned();
    given.unwrap_or_else(|| HeaderValue::from_str(&market::id::random("req_")).unwrap_or(HeaderValue::from_static("req")))
}

/// The id that this frame gave a request, for what stands inside it.
pub(crate) fn id_of(request: &Request) -> &str {
    request.headers().get(ID).and_then(|id| id.to_str().ok()).unwrap_or_default()
}

fn too_slow() -> Error {
    Error::new(Kind::Unavailable, "timeout", "This took too long and was given up. Try again in a moment.")
}

/// The methods that are counted apart; whatever else somebody invents is one.
fn word(method: &Method) -> &'static str {
    ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"].into_iter().find(|word| method == word).unwrap_or("other")
}

struct Seen<'r> {
    id: &'r str,
    method: &'r Method,
    route: &'r str,
    path: &'r str,
}

impl Seen<'_> {
    /// A change is told at `info`, a read at `debug`; what is slow or our fault is told louder. Never the query: it may
    /// hold a token.
    fn told(&self, status: StatusCode, took: Duration) {
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
    use axum::body::to_bytes;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use tower::ServiceExt;

    async fn ask(path: &str) -> (StatusCode, String) {
        let broken = get(|| async {
            if true {
                panic!("the detail")
            }
        });
        let frame = Frame { numbers: Numbers::new().unwrap(), begin_within: Duration::from_millis(50) };
        let router = Router::new()
            .route("/broken", broken.clone())
            .route("/api/broken", broken)
            .route("/stuck", get(std::future::pending::<()>))
            .layer(from_fn_with_state(frame, watch));
        let request = Request::get(path).header(ID, "me-1").body(axum::body::Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.headers()[ID], "me-1");
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
}
