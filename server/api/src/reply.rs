//! What a handler gives back: a rendered answer, or a reason to stop.

use crate::refusal::Refusal;
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use market::Error;
use market::idempotency::Answer;
use serde::Serialize;
use std::marker::PhantomData;

/// Every handler's answer. `?` works on the market's errors.
pub(crate) type Reply<T> = Result<Said<T>, Stop>;

/// An answer that went well, rendered once, so that what is stored under a key is what is sent.
#[derive(Debug)]
pub(crate) struct Said<T> {
    pub(crate) status: StatusCode,
    pub(crate) body: Bytes,
    pub(crate) once: bool,
    media: &'static str,
    flow: Option<Body>,
    whole: Option<Box<Response>>,
    shape: PhantomData<fn() -> T>,
}

/// 200 with the thing.
pub(crate) fn ok<T: Serialize>(view: impl Into<T>) -> Said<T> {
    say(StatusCode::OK, &view.into())
}

/// 201 with the new thing.
pub(crate) fn created<T: Serialize>(view: impl Into<T>) -> Said<T> {
    say(StatusCode::CREATED, &view.into())
}

/// 204.
pub(crate) fn no_content() -> Said<()> {
    said(StatusCode::NO_CONTENT, JSON, Bytes::new())
}

/// 200 with what is no JSON, or was rendered before.
pub(crate) fn ready<T>(media: &'static str, body: Bytes) -> Said<T> {
    said(StatusCode::OK, media, body)
}

/// 200 with what goes on for as long as it likes.
pub(crate) fn flowing<T>(media: &'static str, flow: Body) -> Said<T> {
    Said { flow: Some(flow), ..said(StatusCode::OK, media, Bytes::new()) }
}

/// What is more than a status and a body, such as a part of a file. It is never kept under a key.
pub(crate) fn whole<T>(response: Response) -> Said<T> {
    let status = response.status();
    Said { whole: Some(Box::new(response)), ..said(status, JSON, Bytes::new()) }
}

/// The media type of a stream of events.
pub(crate) const EVENTS: &str = "text/event-stream";

/// The media type of almost every answer.
pub(crate) const JSON: &str = "application/json";

fn say<T: Serialize>(status: StatusCode, view: &T) -> Said<T> {
    let body = serde_json::to_string(view).expect("our own views serialise");
    said(status, JSON, body.into())
}

fn said<T>(status: StatusCode, media: &'static str, body: Bytes) -> Said<T> {
    Said { status, body, once: false, media, flow: None, whole: None, shape: PhantomData }
}

impl<T> Said<T> {
    /// Holds a secret that is shown once: it is never stored, so a request repeated under its key is refused.
    #[must_use]
    pub(crate) fn once(self) -> Self {
        Self { once: true, ..self }
    }

    /// The same with another status, for the few routes whose reference wants one.
    #[must_use]
    pub(crate) fn with(self, status: StatusCode) -> Self {
        Self { status, ..self }
    }
}

impl<T> IntoResponse for Said<T> {
    fn into_response(self) -> Response {
        if let Some(response) = self.whole {
            return *response;
        }
        match self.flow {
            None => rendered(self.status, self.media, self.body),
            // A proxy that waits for more before it passes something on would make a stream pointless.
            Some(flow) => (self.status, [(header::CONTENT_TYPE, self.media), (UNBUFFERED, "no")], flow).into_response(),
        }
    }
}

const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");

/// Why a handler went no further.
#[derive(Debug)]
pub(crate) enum Stop {
    /// The answer is no.
    Refused(Box<Refusal>),
    /// The answer was given before, to the same request under the same key.
    Replayed(Box<Answer>),
}

impl Stop {
    /// Whether running the same act again is the whole remedy.
    pub(crate) fn is_transient(&self) -> bool {
        matches!(self, Stop::Refused(refusal) if refusal.error.is_transient())
    }
}

/// The header of an answer that was given before.
pub(crate) const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

impl IntoResponse for Stop {
    fn into_response(self) -> Response {
        match self {
            // The edge finds the refusal here and dresses it.
            Stop::Refused(refusal) => {
                let mut response = refusal.status.into_response();
                response.extensions_mut().insert(*refusal);
                response
            }
            Stop::Replayed(answer) => {
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

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Stop::Refused(Box::new(error.into()))
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Stop::Refused(Box::new(refusal))
    }
}
