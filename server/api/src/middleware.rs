//! The middleware around every route: it gives the request an id, admits the caller by the head, reads the body, retries
//! transient failures, renders errors in the dialect and sets the common headers.

use crate::body::{BODY_BYTES_MAX, Raw};
use crate::conditional::Condition;
use crate::context::{Access, ApiState, RequestContext};
use crate::credential::Presented;
use crate::dialect::{Dialect, Trace};
use crate::error_response::ErrorResponse;
use crate::rate_limit::{Policy, UNLIMITED};
use crate::request_id::{REQUEST_ID, request_id};
use crate::response::ApiError;
use crate::retry::retry;
use crate::route::shared::{Candidate, Chosen, choose};
use axum::body::{Body, Bytes};
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
use storage::{BodyFault, LingeringBody, whole};
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
    let condition = Condition::of(&parts);
    let (context, response) = endpoint.respond(trace, parts, body, next).instrument(span).await;
    finish(condition.answer(response), &context, wants_problem)
}

impl Endpoint {
    async fn respond(self, trace: Trace, parts: Parts, body: Body, next: Next) -> (Arc<RequestContext>, Response) {
        let (dialect, policy) = self.tongue.by_head(&self.state, &parts.headers);
        let mut context = RequestContext::new(self.state.clone(), dialect, trace);
        if let Err(error) = context.admit(&parts, policy, self.access).await {
            // The body of a caller who is not admitted is not read.
            return (Arc::new(context), error.into_response());
        }
        if self.access == Access::Nobody || parts.method.is_safe() {
            return self.run(context, parts, Bytes::new(), next).await;
        }
        if let Err(error) = must_be_plain(&parts.headers) {
            return (Arc::new(context), error.into_response());
        }
        if self.streams {
            return stream(context, parts, body, next).await;
        }
        match read(&mut context, &parts, body).await {
            Ok(bytes) => self.run(context, parts, bytes, next).await,
            Err(error) => (Arc::new(context), error.into_response()),
        }
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

/// Reads the body into memory, without the byte order mark that some editors write before it.
async fn read(context: &mut RequestContext, parts: &Parts, body: Body) -> Result<Bytes, ApiError> {
    let sender = context.sender();
    let mut reading = pin!(whole(body, BODY_BYTES_MAX, &sender));
    let (read, waited) = match futures::poll!(&mut reading) {
        Poll::Ready(read) => (read, false),
        Poll::Pending => (reading.await, true),
    };
    let bytes = read.map_err(unread)?;
    if waited {
        context.readmit(parts).await?;
    }
    Ok(if bytes.starts_with(BYTE_ORDER_MARK) { bytes.slice(BYTE_ORDER_MARK.len()..) } else { bytes })
}

const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

fn unread(fault: BodyFault) -> ErrorResponse {
    match fault {
        BodyFault::TooLarge => too_large(),
        BodyFault::Broken => incomplete().into(),
        BodyFault::Crowded => storage::errors::crowded().into(),
    }
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

/// The body ended before its announced length, or its chunks can't be told apart.
pub(crate) fn incomplete() -> Error {
    Error::invalid("incomplete_body", "The body broke off, or its chunks are malformed. Send the whole request again.")
}

/// Refuses a body with a content coding: none is undone here, because a small one could become large.
fn must_be_plain(headers: &HeaderMap) -> Result<(), ApiError> {
    let mut codings = headers.get_all(header::CONTENT_ENCODING).iter();
    if codings.all(|coding| coding.as_bytes().eq_ignore_ascii_case(b"identity")) { Ok(()) } else { Err(coded().into()) }
}

/// The body has a content coding.
pub(crate) fn coded() -> ErrorResponse {
    let message = "Content-Encoding is not taken: send the body as it is, without gzip or another coding.";
    let refusal = ErrorResponse::http(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported_content_encoding", message);
    refusal.header(header::ACCEPT_ENCODING, HeaderValue::from_static("identity"))
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
