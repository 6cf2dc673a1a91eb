//! The result of a handler: a rendered response, or an error that the middleware renders in the dialect.

use crate::conditional::Rendered;
use crate::error_response::ErrorResponse;
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use market::Error;
use market::idempotency::Answer;
use serde::Serialize;
use std::marker::PhantomData;

/// The result of a handler. `?` works on the market's errors.
pub type ApiResult<T> = Result<ApiResponse<T>, ApiError>;

/// A successful response, rendered once, so that the bytes stored under an idempotency key are those that are sent.
pub struct ApiResponse<T> {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
    pub(crate) secret: bool,
    /// The tag of the body, if it is known already.
    tag: Option<HeaderValue>,
    media: &'static str,
    stream: Option<Body>,
    raw: Option<Box<Response>>,
    shape: PhantomData<fn() -> T>,
}

/// Shows the status alone, because a body may hold a secret.
impl<T> std::fmt::Debug for ApiResponse<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("ApiResponse").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Creates a 200 with this view.
pub fn ok<T: Serialize>(view: impl Into<T>) -> ApiResponse<T> {
    say(StatusCode::OK, &view.into())
}

/// Creates a 201 with the view of the new thing.
pub fn created<T: Serialize>(view: impl Into<T>) -> ApiResponse<T> {
    say(StatusCode::CREATED, &view.into())
}

/// Creates a 202 with the view of what is done soon.
pub fn accepted<T: Serialize>(view: impl Into<T>) -> ApiResponse<T> {
    say(StatusCode::ACCEPTED, &view.into())
}

/// Creates a 204.
pub fn no_content() -> ApiResponse<()> {
    rendered_with(StatusCode::NO_CONTENT, JSON, Bytes::new())
}

/// Creates a 200 with bytes that were rendered before, or are not JSON.
pub fn ready<T>(media: &'static str, body: Bytes) -> ApiResponse<T> {
    rendered_with(StatusCode::OK, media, body)
}

/// Creates a 200 with an endless body.
pub fn stream<T>(media: &'static str, body: Body) -> ApiResponse<T> {
    ApiResponse { stream: Some(body), ..rendered_with(StatusCode::OK, media, Bytes::new()) }
}

/// Wraps a response with headers of its own, such as a range of a file. It is never stored under an idempotency key.
pub fn raw<T>(response: Response) -> ApiResponse<T> {
    let status = response.status();
    ApiResponse { raw: Some(Box::new(response)), ..rendered_with(status, JSON, Bytes::new()) }
}

/// The media type of an event stream.
pub const EVENTS: &str = "text/event-stream";

/// The media type of most responses.
pub const JSON: &str = "application/json";

fn say<T: Serialize>(status: StatusCode, view: &T) -> ApiResponse<T> {
    let body = serde_json::to_string(view).expect("our own views serialise");
    rendered_with(status, JSON, body.into())
}

fn rendered_with<T>(status: StatusCode, media: &'static str, body: Bytes) -> ApiResponse<T> {
    ApiResponse { status, body, secret: false, tag: None, media, stream: None, raw: None, shape: PhantomData }
}

impl<T> ApiResponse<T> {
    /// Marks a secret that is shown once: the body is never stored, so a request repeated under its key is refused.
    #[must_use]
    pub fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    /// Adds the tag of the body, which need not be computed again.
    #[must_use]
    pub fn tagged(self, tag: Option<HeaderValue>) -> Self {
        Self { tag, ..self }
    }

    /// Changes the status, for the few routes whose reference prescribes one.
    #[must_use]
    pub fn with(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl<T> IntoResponse for ApiResponse<T> {
    fn into_response(self) -> Response {
        if let Some(response) = self.raw {
            return *response;
        }
        match self.stream {
            None => {
                let mut response = rendered(self.status, self.media, self.body.clone());
                response.extensions_mut().insert(Rendered { body: self.body, tag: self.tag });
                response
            }
            // A proxy that buffers would hold back the stream.
            Some(body) => (self.status, [(header::CONTENT_TYPE, self.media), (UNBUFFERED, "no")], body).into_response(),
        }
    }
}

const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The reason why a handler returned early.
#[derive(Debug)]
pub enum ApiError {
    /// The request failed.
    Refused(Box<ErrorResponse>),
    /// The request was answered before, under its idempotency key.
    Replayed(Box<Answer>),
}

impl ApiError {
    /// Returns the market's error; none if the request was answered before.
    pub fn error(&self) -> Option<&Error> {
        match self {
            ApiError::Refused(refusal) => Some(&refusal.error),
            ApiError::Replayed(_) => None,
        }
    }
}

/// The header that marks a replayed response.
pub const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        match self {
            // The middleware finds the error here and renders it.
            ApiError::Refused(refusal) => {
                let mut response = refusal.status.into_response();
                response.extensions_mut().insert(*refusal);
                response
            }
            ApiError::Replayed(answer) => {
                let status = u16::try_from(answer.status).ok().and_then(|status| StatusCode::from_u16(status).ok());
                let mut response = rendered(status.unwrap_or(StatusCode::OK), JSON, answer.body.into());
                response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
                response
            }
        }
    }
}

fn rendered(status: StatusCode, media: &'static str, body: Bytes) -> Response {
    match body.is_empty() {
        true => status.into_response(),
        false => (status, [(header::CONTENT_TYPE, media)], body).into_response(),
    }
}

impl From<Error> for ApiError {
    fn from(error: Error) -> Self {
        ApiError::Refused(Box::new(error.into()))
    }
}

impl From<ErrorResponse> for ApiError {
    fn from(refusal: ErrorResponse) -> Self {
        ApiError::Refused(Box::new(refusal))
    }
}
