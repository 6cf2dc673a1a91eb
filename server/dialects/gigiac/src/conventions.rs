//! The conventions of gigiac's reference: its errors, its key header, its rate policies.

use api::dialect::{CODE, Dialect, MESSAGE, Trace, shape, upper};
use api::error_response::ErrorResponse;
use api::rate_limit::{LimitKey, PerPlan, Policy, Window};
use api::route::Route;
use axum::http::Method;
use market::Duration;
use market::key::Prefix;
use market::{Error, Kind, Money};
use serde_json::{Map, Value};
use utoipa::openapi::schema::{Object, Type};

/// The dialect of gigiac's reference.
pub struct Gigiac;

impl Dialect for Gigiac {
    fn name(&self) -> &'static str {
        "gigiac"
    }
    fn about(&self) -> &'static str {
        "Amounts are decimal US dollars"
    }
    /// `{error: true, message, code, …facts, fields?}`; a shortage is told in dollars.
    fn failure(&self, refusal: &ErrorResponse, _: &Trace) -> Value {
        let error = &refusal.error;
        let mut body = refusal.facts();
        let (code, message) = match error.kind {
            Kind::InsufficientFunds => ("INSUFFICIENT_CREDITS".to_owned(), shortage(&mut body)),
            _ => {
                in_dollars(&error.code, &mut body);
                (upper(&error.code), error.message.to_string())
            }
        };
        body.extend([("error".into(), true.into()), ("message".into(), message.into()), ("code".into(), code.into())]);
        Value::Object(refusal.with_fields(body))
    }
    fn phrase(&self, error: Error) -> Error {
        crate::next::phrase(error)
    }
    fn failure_shape(&self) -> Object {
        shape(&[("error", Type::Boolean, "Always true"), ("message", Type::String, MESSAGE), ("code", Type::String, CODE)])
    }
    fn key_header(&self) -> &'static str {
        "Authorization: Bearer gig_…"
    }
    fn policy(&self, method: &Method) -> &'static Policy {
        match *method {
            Method::GET => &READING,
            _ => &ACTING,
        }
    }
    fn routes(&self) -> Vec<Route> {
        crate::routes::routes()
    }
    fn key_prefix(&self) -> Option<Prefix> {
        Some(Prefix::Gigiac)
    }
}

/// Converts the amounts of a refused spend to dollars.
fn in_dollars(code: &str, facts: &mut Map<String, Value>) {
    if !matches!(code, "outside_mandate" | "approval_required") {
        return;
    }
    for name in ["required", "most", "spent", "left", "approval_above"] {
        if let Some(cents) = facts.get(name).and_then(Value::as_i64) {
            facts.insert(name.to_owned(), serde_json::from_str(&Money(cents).major()).unwrap_or_default());
        }
    }
}

/// Builds the reference's sentence for lacking credits, and converts the facts to dollars.
fn shortage(facts: &mut Map<String, Value>) -> String {
    let mut dollars = |name: &str| {
        let money = Money(facts.get(name).and_then(Value::as_i64).unwrap_or_default());
        // Display only: the exact amount is in the text.
        facts.insert(name.to_owned(), serde_json::from_str(&money.major()).unwrap_or_default());
        money
    };
    let (required, available) = (dollars("required"), dollars("available"));
    format!("Insufficient credit balance. Required: ${required}, Available: ${available}")
}

/// The requests a minute that read, and those that act.
pub(crate) const A_MINUTE: (u32, u32) = (120, 30);

/// The policy of requests that read.
static READING: Policy = Policy {
    name: "gigiac reading",
    within: None,
    windows: &[Window { key: LimitKey::Caller, count: PerPlan::All(A_MINUTE.0), per: Duration::minutes(1) }],
    concurrent: None,
};

/// The policy of requests that act.
static ACTING: Policy = Policy {
    name: "gigiac acting",
    within: None,
    windows: &[Window { key: LimitKey::Caller, count: PerPlan::All(A_MINUTE.1), per: Duration::minutes(1) }],
    concurrent: None,
};
