//! The conventions of agentgigs' reference: its errors, its key header, its rate policies.

use api::dialect::{CODE, Dialect, MESSAGE, Trace, shape, upper};
use api::error_response::ErrorResponse;
use api::rate_limit::{LimitKey, PerPlan, Policy, Window};
use api::route::Route;
use axum::http::Method;
use market::key::Prefix;
use market::text::capitalised;
use market::{Duration, Error};
use serde_json::Value;
use utoipa::openapi::schema::{Object, Type};

/// The dialect of agentgigs' reference.
pub struct AgentGigs;

impl Dialect for AgentGigs {
    fn name(&self) -> &'static str {
        "agentgigs"
    }
    fn about(&self) -> &'static str {
        "Amounts are whole US cents"
    }
    /// `{error, code, message, hint?, docs, …facts, fields?}`
    fn failure(&self, refusal: &ErrorResponse, _: &Trace) -> Value {
        let error = &refusal.error;
        let mut body = refusal.facts();
        body.insert("error".into(), title(&error.code).into());
        body.insert("code".into(), upper(&error.code).into());
        body.insert("message".into(), error.message.as_ref().into());
        body.entry("docs").or_insert("/openapi.json".into());
        Value::Object(refusal.with_fields(body))
    }
    fn phrase(&self, error: Error) -> Error {
        crate::next::phrase(error)
    }
    fn failure_shape(&self) -> Object {
        shape(&[
            ("error", Type::String, "The code in words, for people"),
            ("code", Type::String, CODE),
            ("message", Type::String, MESSAGE),
            ("docs", Type::String, "The address of the documentation"),
        ])
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: age_…"
    }
    fn policy(&self, _: &Method) -> &'static Policy {
        &ORDINARY
    }
    fn routes(&self) -> Vec<Route> {
        crate::routes::routes()
    }
    fn key_prefix(&self) -> Option<Prefix> {
        Some(Prefix::Agentgigs)
    }
    fn area(&self) -> Option<&'static str> {
        Some("/api")
    }
}

/// Formats a code as words: `job_not_open` becomes `Job not open`.
fn title(code: &str) -> String {
    capitalised(&code.replace('_', " "))
}

/// The policy of an ordinary request.
pub(crate) static ORDINARY: Policy = Policy {
    name: "agentgigs",
    within: None,
    windows: &[Window { key: LimitKey::Member, count: PerPlan::Each([30, 120, 300]), per: Duration::minutes(1) }],
    concurrent: None,
};

/// The policy of routes that move money into escrow.
pub static FUNDING: Policy = Policy {
    name: "agentgigs funding",
    within: Some(&ORDINARY),
    windows: &[
        Window { key: LimitKey::Member, count: PerPlan::All(3), per: Duration::minutes(1) },
        Window { key: LimitKey::Member, count: PerPlan::Each([20, 60, 200]), per: Duration::hours(1) },
        Window { key: LimitKey::Path, count: PerPlan::All(5), per: Duration::hours(1) },
    ],
    concurrent: None,
};

/// The policy of buying featured days.
pub static FEATURING: Policy = Policy {
    name: "agentgigs featuring",
    within: Some(&ORDINARY),
    windows: &[Window { key: LimitKey::Member, count: PerPlan::Each([10, 30, 100]), per: Duration::hours(1) }],
    concurrent: None,
};
