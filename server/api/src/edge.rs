//! Around every route: an id for the request, the caller let in by its head, then its body in memory, another try when
//! the database was busy, and the answer's dress and headers.

use crate::again::rerun;
use crate::body::{BYTES_MOST, Raw};
use crate::dialect::{Dialect, Trace};
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::reply::Stop;
use crate::scene::{Desk, Door, Scene};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use depot::Intake;
use market::Error;
use std::any::Any;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use tracing::Instrument;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The edge of one route.
#[derive(Clone)]
pub(crate) struct Edge {
    pub(crate) desk: Arc<Desk>,
    pub(crate) dialect: &'static dyn Dialect,
    pub(crate) policy: Policy,
    pub(crate) door: Door,
    /// Whether its body is read as it arrives, not before.
    pub(crate) streams: bool,
}

/// The middleware.
pub(crate) async fn cross(State(edge): State<Edge>, request: Request, next: Next) -> Response {
    let at = edge.desk.market.clock.now();
    let (mut parts, body) = request.into_parts();
    let trace = Trace { request_id: request_id(&parts.headers), at };
    let span = tracing::info_span!("request", id = trace.request_id, method = %parts.method, path = parts.uri.path());
    let wants_problem = wants_problem(&parts.headers);
    let scene = Arc::new(Scene::new(edge.desk, edge.dialect, edge.policy, trace));
    parts.extensions.insert(scene.clone());
    let response = match edge.streams {
        true => stream(&scene, edge.door, parts, body, next).instrument(span).await,
        false => run(&scene, edge.door, parts, body, next).instrument(span).await,
    };
    finish(response, &scene, wants_problem)
}

async fn run(scene: &Scene, door: Door, mut parts: Parts, body: Body, next: Next) -> Response {
    if parts.method.is_safe() || door == Door::Nobody {
        return next.run(Request::from_parts(parts, Body::empty())).await;
    }
    if let Err(stop) = scene.admit(&parts, door).await {
        return stop.into_response();
    }
    let mut reading = pin!(to_bytes(body, BYTES_MOST));
    let read = match futures::poll!(&mut reading) {
        Poll::Ready(read) => read,
        Poll::Pending => {
            // Whoever let the body wait may have lost the credential meanwhile.
            let read = reading.await;
            scene.admit_anew();
            read
        }
    };
    match read {
        Ok(bytes) => parts.extensions.insert(Raw(bytes)),
        Err(_) => return Stop::from(too_large()).into_response(),
    };
    rerun(parts, Bytes::new(), next).await
}

/// A body that nothing here could hold. It can't be had twice, so the handler itself runs its acts again where that is due.
async fn stream(scene: &Scene, door: Door, mut parts: Parts, body: Body, next: Next) -> Response {
    let (intake, waits) = (Intake::new(body), parts.headers.contains_key(header::EXPECT));
    let response = match scene.admit(&parts, door).await {
        Ok(()) => {
            parts.extensions.insert(intake.clone());
            next.run(Request::from_parts(parts, Body::empty())).await
        }
        // Nothing is read of a stranger's.
        Err(stop) => return stop.into_response(),
    };
    intake.drain(waits, scene.desk.market.terms.file_most.unsigned_abs()).await;
    response
}

/// The body is larger than one that is read.
pub(crate) fn too_large() -> Refusal {
    let message = format!("The body has more than {BYTES_MOST} bytes, the most that is read.");
    Refusal::http(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message)
}

fn finish(mut response: Response, scene: &Scene, wants_problem: bool) -> Response {
    if let Some(refusal) = response.extensions_mut().remove::<Refusal>() {
        response = refusal.dress(scene.dialect, &scene.trace, wants_problem);
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&scene.trace.request_id) {
        headers.insert(REQUEST_ID, id);
    }
    if let Some(standing) = scene.standing.get().copied().flatten() {
        headers.insert(LIMIT, standing.limit.into());
        headers.insert(REMAINING, standing.remaining.into());
        headers.insert(RESET, (scene.trace.at.seconds().unsigned_abs() + standing.reset).into());
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// A caller's own id, if it is a sane one; else a new one.
fn request_id(headers: &HeaderMap) -> String {
    let sane = |id: &&str| (1..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    let given = headers.get(&REQUEST_ID).and_then(|value| value.to_str().ok()).filter(sane);
    given.map_or_else(|| market::id::random("req_"), str::to_owned)
}

fn wants_problem(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|kind| kind.trim_start().starts_with("application/problem+json"))
}

/// What a caller hears of a handler that panicked.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> axum::http::Response<Body> {
    Stop::from(Error::internal()).into_response()
}

#[cfg(test)]
mod tests;
