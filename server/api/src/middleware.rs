//! The middleware around every route: it gives the request an id, admits the caller by the head, reads the body, retries
//! transient failures, renders errors in the dialect and sets the common headers.

use crate::body::{BODY_BYTES_MAX, Raw};
use crate::context::{Access, ApiState, RequestContext};
use crate::credential::Presented;
use crate::dialect::{Dialect, Trace};
use crate::error_response::ErrorResponse;
use crate::rate_limit::{Policy, UNLIMITED};
use crate::request_id::{REQUEST_ID, request_id};
use crate::response::ApiError;
use crate::retry::retry;
use crate::route::shared::{Candidate, Chosen, choose};
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use market::Error;
use std::any::Any;
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use storage::LingeringBody;
use tracing::Instrument;

const LIMIT: HeaderName = HeaderName::from_static("x-ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("x-ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("x-ratelimit-reset");

/// The endpoint that the middleware wraps.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) state: Arc<ApiState>,
    pub(crate) tongue: Tongue,
    pub(crate) access: Access,
    /// True if the handler reads the body as it arrives.
    pub(crate) streams: bool,
}

/// The rule that finds the dialect of a request.
#[derive(Clone)]
pub(crate) enum Tongue {
    /// One dialect has this route.
    One(&'static dyn Dialect, &'static Policy),
    /// Several dialects share this route: the request's shape decides, once its body is read.
    Shared(Arc<[Candidate]>),
    /// There is no route: the credential's family decides, else the part of the tree that the path is in.
    Unknown(&'static dyn Dialect),
}

impl Tongue {
    /// Finds the dialect and the rate policy by the head of the request alone.
    fn by_head(&self, state: &ApiState, headers: &HeaderMap) -> (&'static dyn Dialect, &'static Policy) {
        let family = || Presented::family(headers);
        match self {
            Tongue::One(dialect, policy) => (*dialect, policy),
            Tongue::Unknown(of_path) => {
                let known = family().and_then(|family| state.table.dialects().iter().copied().find(|one| one.key_prefix() == Some(family)));
                (known.unwrap_or(*of_path), &UNLIMITED)
            }
            Tongue::Shared(all) => {
                let known = family().and_then(|family| all.iter().find(|one| one.dialect.key_prefix() == Some(family)));
                let one = known.or_else(|| all.iter().find(|one| one.claim.is_none())).unwrap_or(&all[0]);
                (one.dialect, one.policy)
            }
        }
    }
}

/// Handles one request.
pub(crate) async fn handle(State(endpoint): State<Endpoint>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let trace = Trace { request_id: request_id(&parts.headers), at: endpoint.state.services.market.clock.now() };
    let span = tracing::info_span!("request", id = trace.request_id, method = %parts.method, path = parts.uri.path());
    let wants_problem = wants_problem(&parts.headers);
    let (context, response) = endpoint.respond(trace, parts, body, next).instrument(span).await;
    finish(response, &context, wants_problem)
}

impl Endpoint {
    async fn respond(self, trace: Trace, parts: Parts, body: Body, next: Next) -> (Arc<RequestContext>, Response) {
        let (dialect, policy) = self.tongue.by_head(&self.state, &parts.headers);
        let mut context = RequestContext::new(self.state.clone(), dialect, trace);
        if let Err(error) = context.admit(&parts, policy, self.access).await {
            // The body of a caller who is not admitted is not read.
            return (Arc::new(context), error.into_response());
        }
        if self.streams {
            return stream(context, parts, body, next).await;
        }
        let bytes = match self.access == Access::Nobody || parts.method.is_safe() {
            true => Bytes::new(),
            false => match read(&mut context, &parts, body).await {
                Ok(bytes) => bytes,
                Err(error) => return (Arc::new(context), error.into_response()),
            },
        };
        self.run(context, parts, bytes, next).await
    }

    async fn run(&self, mut context: RequestContext, mut parts: Parts, bytes: Bytes, next: Next) -> (Arc<RequestContext>, Response) {
        if let Tongue::Shared(all) = &self.tongue {
            let at = choose(all, &parts, &bytes);
            context.dialect = all[at].dialect;
            parts.extensions.insert(Chosen(at));
        }
        let context = Arc::new(context);
        parts.extensions.insert(context.clone());
        let response = match parts.method.is_safe() || self.access == Access::Nobody {
            true => next.run(Request::from_parts(parts, Body::empty())).await,
            false => {
                parts.extensions.insert(Raw(bytes));
                retry(parts, next).await
            }
        };
        (context, response)
    }
}

/// Reads the body into memory.
async fn read(context: &mut RequestContext, parts: &Parts, body: Body) -> Result<Bytes, ApiError> {
    let mut reading = pin!(to_bytes(body, BODY_BYTES_MAX));
    let read = match futures::poll!(&mut reading) {
        Poll::Ready(read) => read,
        Poll::Pending => {
            let read = reading.await.map_err(|_| too_large())?;
            context.readmit(parts).await?;
            return Ok(read);
        }
    };
    Ok(read.map_err(|_| too_large())?)
}

/// Runs a handler whose body is too large to buffer. It can be read only once, so the handler retries its own transactions.
async fn stream(context: RequestContext, mut parts: Parts, body: Body, next: Next) -> (Arc<RequestContext>, Response) {
    let (body, waits) = (LingeringBody::new(body), parts.headers.contains_key(header::EXPECT));
    let context = Arc::new(context);
    parts.extensions.insert(context.clone());
    parts.extensions.insert(body.clone());
    let response = next.run(Request::from_parts(parts, Body::empty())).await;
    body.drain(waits, context.state.services.market.rules.file_max.unsigned_abs()).await;
    (context, response)
}

/// The body is larger than one that is read.
pub(crate) fn too_large() -> ErrorResponse {
    let message = format!("The body has more than {BODY_BYTES_MAX} bytes, the limit. Send a smaller one.");
    ErrorResponse::http(StatusCode::PAYLOAD_TOO_LARGE, "body_too_large", message)
}

fn finish(mut response: Response, context: &RequestContext, wants_problem: bool) -> Response {
    if let Some(error) = response.extensions_mut().remove::<ErrorResponse>() {
        response = error.render(context.dialect, &context.trace, wants_problem);
    }
    let headers = response.headers_mut();
    if let Ok(id) = HeaderValue::from_str(&context.trace.request_id) {
        headers.insert(REQUEST_ID, id);
    }
    if let Some(limit) = context.limit {
        headers.insert(LIMIT, limit.limit.into());
        headers.insert(REMAINING, limit.remaining.into());
        headers.insert(RESET, (context.trace.at.seconds().unsigned_abs() + limit.reset).into());
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

fn wants_problem(headers: &HeaderMap) -> bool {
    let accepted = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok());
    accepted.flat_map(|value| value.split(',')).any(|kind| kind.trim_start().starts_with("application/problem+json"))
}

/// Builds the response of a handler that panicked.
pub(crate) fn panicked(_: Box<dyn Any + Send + 'static>) -> axum::http::Response<Body> {
    ApiError::from(Error::internal()).into_response()
}

#[cfg(test)]
pub(crate) mod tests;
