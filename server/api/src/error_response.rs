//! Error responses: a market error, or one of the few that only HTTP has.

use crate::dialect::{Dialect, Trace};
use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use market::{Error, Kind};
use serde_json::{Map, Value, json};

/// An error response, which the middleware renders in the route's dialect.
#[derive(Clone, Debug)]
pub struct ErrorResponse {
    /// The error, raised by the market or by the edge.
    pub error: Error,
    /// The error's own status, except for those that only HTTP has: 405, 413, 415.
    pub status: StatusCode,
    /// The headers of the error, such as `Allow` or `Retry-After`.
    pub headers: HeaderMap,
}

impl ErrorResponse {
    /// Creates an error response that has no kind in the market.
    pub fn http(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { error: Error::invalid(code, message.into()), status, headers: HeaderMap::new() }
    }

    /// Adds a header.
    #[must_use]
    pub fn header(mut self, name: header::HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.headers.insert(name, value.into());
        self
    }

    /// Renders the response in a dialect, or as `application/problem+json`.
    pub fn render(&self, dialect: &dyn Dialect, trace: &Trace, wants_problem: bool) -> Response {
        let spoken = self.in_words_of(dialect);
        let (kind, body) = match wants_problem {
            true => ("application/problem+json", spoken.problem(trace)),
            false => ("application/json", dialect.failure(&spoken, trace)),
        };
        let mut response = (self.status, Body::from(body.to_string())).into_response();
        response.headers_mut().extend(self.headers.clone());
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    }

    /// Phrases the response in the dialect's own words.
    pub(crate) fn in_words_of(&self, dialect: &dyn Dialect) -> Self {
        Self { error: dialect.phrase(self.error.clone()), ..self.clone() }
    }

    /// Renders the body of RFC 9457, equal in every dialect.
    pub fn problem(&self, trace: &Trace) -> Value {
        let error = &self.error;
        let title = self.status.canonical_reason().unwrap_or("Error");
        let mut body = self.facts();
        body.extend([
            ("type".into(), format!("urn:guildhall:problem:{}", error.code).into()),
            ("title".into(), title.into()),
            ("status".into(), self.status.as_u16().into()),
            ("detail".into(), error.message.as_ref().into()),
            ("code".into(), error.code.as_ref().into()),
            ("request_id".into(), trace.request_id.as_str().into()),
        ]);
        Value::Object(self.with_fields(body))
    }

    /// Returns the facts for programs: `required`, `available`, `scope`, …
    pub fn facts(&self) -> Map<String, Value> {
        self.error.facts.as_deref().cloned().unwrap_or_default()
    }

    /// Adds `fields: [{name, message}]` if fields are at fault.
    pub fn with_fields(&self, mut body: Map<String, Value>) -> Map<String, Value> {
        if !self.error.fields.is_empty() {
            body.insert("fields".into(), json!(self.error.fields));
        }
        body
    }
}

impl From<Error> for ErrorResponse {
    fn from(error: Error) -> Self {
        let status = StatusCode::from_u16(error.kind.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let wait = error.facts.as_ref().and_then(|facts| facts.get("retry_after")?.as_u64());
        let refusal = Self { error, status, headers: HeaderMap::new() };
        match (refusal.error.kind, wait) {
            (_, Some(wait)) => refusal.header(header::RETRY_AFTER, wait),
            (Kind::Unavailable, None) => refusal.header(header::RETRY_AFTER, 1),
            (Kind::Unauthenticated, None) => refusal.header(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer")),
            _ => refusal,
        }
    }
}
