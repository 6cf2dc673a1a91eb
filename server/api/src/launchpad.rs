//! launchpad: how the system is doing.

mod health;

use crate::dialect::{Dialect, Trace, shape, upper};
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::route::Route;
use axum::http::Method;
use market::Kind;
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

/// The manners of launchpad's reference.
pub(crate) struct Launchpad;

impl Dialect for Launchpad {
    fn name(&self) -> &'static str {
        "launchpad"
    }
    fn about(&self) -> &'static str {
        "The system's health"
    }
    /// `{error: {code, message, timestamp, requestId, …facts, fields?}}`
    fn failure(&self, refusal: &Refusal, trace: &Trace) -> Value {
        let error = &refusal.error;
        let code = match error.kind {
            Kind::Unauthenticated => "INVALID_API_KEY".to_owned(),
            Kind::Forbidden => "INSUFFICIENT_PERMISSIONS".to_owned(),
            Kind::Invalid if !error.fields.is_empty() => "VALIDATION_ERROR".to_owned(),
            Kind::TooMany => "RESOURCE_LIMIT_EXCEEDED".to_owned(),
            _ => upper(&error.code),
        };
        let mut inner: Map<String, Value> = refusal.facts();
        inner.extend([
            ("code".into(), code.into()),
            ("message".into(), error.message.as_ref().into()),
            ("timestamp".into(), json!(trace.at)),
            ("requestId".into(), trace.request_id.as_str().into()),
        ]);
        json!({ "error": refusal.with_fields(inner) })
    }
    fn failure_shape(&self) -> Object {
        let inner = shape(&[
            ("code", Type::String, "Stable, for programs"),
            ("message", Type::String, "What happened and what to do next"),
            ("timestamp", Type::String, "When it happened"),
            ("requestId", Type::String, "Quote it when something is odd"),
        ]);
        ObjectBuilder::new().schema_type(Type::Object).property("error", inner).required("error").build()
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: alk_…"
    }
    fn policy(&self, _: &Method) -> Policy {
        Policy::Launchpad
    }
}

pub(crate) fn routes() -> Vec<Route> {
    health::routes()
}
