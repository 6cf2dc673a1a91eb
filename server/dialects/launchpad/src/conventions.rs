//! The conventions of launchpad's reference: its errors, its key header, its rate policies.

use api::dialect::{CODE, Dialect, MESSAGE, REQUEST, Trace, shape, upper};
use api::error_response::ErrorResponse;
use api::rate_limit::{LimitKey, PerPlan, Policy, Window};
use api::route::Route;
use axum::http::Method;
use market::Duration;
use market::Kind;
use market::key::Prefix;
use serde_json::{Map, Value, json};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

/// The dialect of launchpad's reference.
pub struct Launchpad;

impl Dialect for Launchpad {
    fn name(&self) -> &'static str {
        "launchpad"
    }
    fn about(&self) -> &'static str {
        ""
    }
    /// `{error: {code, message, timestamp, requestId, …facts, fields?}}`
    fn failure(&self, refusal: &ErrorResponse, trace: &Trace) -> Value {
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
            ("code", Type::String, CODE),
            ("message", Type::String, MESSAGE),
            ("timestamp", Type::String, "When it happened"),
            ("requestId", Type::String, REQUEST),
        ]);
        ObjectBuilder::new().schema_type(Type::Object).property("error", inner).required("error").build()
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: alk_…"
    }
    fn policy(&self, _: &Method) -> &'static Policy {
        &ORDINARY
    }
    fn routes(&self) -> Vec<Route> {
        crate::routes::routes()
    }
    fn key_prefix(&self) -> Option<Prefix> {
        Some(Prefix::Launchpad)
    }
}

/// The policy of an ordinary request.
static ORDINARY: Policy = Policy {
    name: "launchpad",
    within: None,
    windows: &[
        Window { key: LimitKey::Caller, count: PerPlan::All(100), per: Duration::minutes(15) },
        Window { key: LimitKey::Caller, count: PerPlan::All(20), per: Duration::minutes(1) },
    ],
    concurrent: None,
};
