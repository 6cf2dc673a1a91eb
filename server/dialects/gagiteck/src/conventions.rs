//! The conventions of gagiteck's reference: its errors, its key header, its rate policies.

use api::dialect::{CODE, Dialect, MESSAGE, Trace, by_kind, shape};
use api::error_response::ErrorResponse;
use api::rate_limit::{LimitKey, PerPlan, Policy, Window};
use api::route::Route;
use axum::http::Method;
use market::Duration;
use market::key::Prefix;
use serde_json::Value;
use utoipa::openapi::schema::{Object, Type};

/// The dialect of gagiteck's reference.
pub struct Gagiteck;

impl Dialect for Gagiteck {
    fn name(&self) -> &'static str {
        "gagiteck"
    }
    fn about(&self) -> &'static str {
        ""
    }
    /// `{detail, code, status, …facts, fields?}`
    fn failure(&self, refusal: &ErrorResponse, _: &Trace) -> Value {
        let error = &refusal.error;
        let code =
            if refusal.status.as_u16() == error.kind.status() { by_kind(error.kind, &error.code) } else { error.code.to_ascii_uppercase() };
        let mut body = refusal.facts();
        body.insert("detail".into(), error.message.as_ref().into());
        body.insert("code".into(), code.into());
        body.insert("status".into(), refusal.status.as_u16().into());
        Value::Object(refusal.with_fields(body))
    }
    fn failure_shape(&self) -> Object {
        shape(&[("detail", Type::String, MESSAGE), ("code", Type::String, CODE), ("status", Type::Integer, "The HTTP status")])
    }
    fn key_header(&self) -> &'static str {
        "Authorization: Bearer ggt_…"
    }
    fn policy(&self, _: &Method) -> &'static Policy {
        &ORDINARY
    }
    fn routes(&self) -> Vec<Route> {
        crate::routes::routes()
    }
    fn key_prefix(&self) -> Option<Prefix> {
        Some(Prefix::Gagiteck)
    }
    fn area(&self) -> Option<&'static str> {
        Some("/v1")
    }
}

/// The policy of an ordinary request.
static ORDINARY: Policy = Policy {
    name: "gagiteck",
    within: None,
    windows: &[Window { key: LimitKey::Caller, count: PerPlan::Negotiated([100, 1_000]), per: Duration::minutes(1) }],
    concurrent: Some(PerPlan::Negotiated([5, 25])),
};
