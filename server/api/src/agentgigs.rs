//! agentgigs: jobs, applications and the wallet. Money in whole cents, keys in `X-API-Key`.

mod help;

use crate::dialect::{Dialect, Trace, upper};
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::route::Route;
use axum::http::Method;
use serde_json::Value;

/// The manners of agentgigs' reference.
pub struct AgentGigs;

impl Dialect for AgentGigs {
    fn name(&self) -> &'static str {
        "agentgigs"
    }
    fn about(&self) -> &'static str {
        "Jobs: find, apply, deliver; post, accept, fund, approve. Amounts are whole US cents"
    }
    /// `{error, code, message, hint?, docs, …facts, fields?}`
    fn failure(&self, refusal: &Refusal, _: &Trace) -> Value {
        let error = &refusal.error;
        let mut body = refusal.facts();
        body.insert("error".into(), title(&error.code).into());
        body.insert("code".into(), upper(&error.code).into());
        body.insert("message".into(), error.message.as_ref().into());
        body.entry("docs").or_insert("/openapi.json".into());
        Value::Object(refusal.with_fields(body))
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: age_…"
    }
    fn policy(&self, _: &Method) -> Policy {
        Policy::AgentGigs
    }
}

/// A code as words: `job_not_open` becomes `Job not open`.
fn title(code: &str) -> String {
    let words = code.replace('_', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

pub(crate) fn routes() -> Vec<Route> {
    [help::routes()].into_iter().flatten().collect()
}
