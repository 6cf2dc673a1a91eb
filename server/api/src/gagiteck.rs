//! gagiteck: accounts and keys under `/v1`.

mod account;
mod keys;

use crate::dialect::{Dialect, Trace, by_kind, shape};
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::route::Route;
use axum::http::Method;
use serde_json::Value;
use utoipa::openapi::schema::{Object, Type};

/// The manners of gagiteck's reference.
pub(crate) struct Gagiteck;

impl Dialect for Gagiteck {
    fn name(&self) -> &'static str {
        "gagiteck"
    }
    fn about(&self) -> &'static str {
        "Accounts: sign up, log in, make keys"
    }
    /// `{detail, code, status, …facts, fields?}`
    fn failure(&self, refusal: &Refusal, _: &Trace) -> Value {
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
        shape(&[
            ("detail", Type::String, "What happened and what to do next"),
            ("code", Type::String, "Stable, for programs"),
            ("status", Type::Integer, "The HTTP status"),
        ])
    }
    fn key_header(&self) -> &'static str {
        "Authorization: Bearer ggt_…"
    }
    fn policy(&self, _: &Method) -> Policy {
        Policy::Gagiteck
    }
}

pub(crate) fn routes() -> Vec<Route> {
    [account::routes(), keys::routes()].into_iter().flatten().collect()
}
