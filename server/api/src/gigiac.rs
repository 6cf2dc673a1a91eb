//! gigiac: credits. Money in decimal dollars.

mod credits;

use crate::dialect::{Dialect, Trace, shape, upper};
use crate::limit::Policy;
use crate::refusal::Refusal;
use crate::route::Route;
use axum::http::Method;
use market::{Kind, Money};
use serde_json::{Map, Value};
use utoipa::openapi::schema::{Object, Type};

/// The manners of gigiac's reference.
pub(crate) struct Gigiac;

impl Dialect for Gigiac {
    fn name(&self) -> &'static str {
        "gigiac"
    }
    fn about(&self) -> &'static str {
        "Credits: balance, deposits, history. Amounts are decimal US dollars"
    }
    /// `{error: true, message, code, …facts, fields?}`; a shortage is told in dollars.
    fn failure(&self, refusal: &Refusal, _: &Trace) -> Value {
        let error = &refusal.error;
        let mut body = refusal.facts();
        let (code, message) = match error.kind {
            Kind::InsufficientFunds => ("INSUFFICIENT_CREDITS".to_owned(), shortage(&mut body)),
            _ => (upper(&error.code), error.message.to_string()),
        };
        body.extend([("error".into(), true.into()), ("message".into(), message.into()), ("code".into(), code.into())]);
        Value::Object(refusal.with_fields(body))
    }
    fn failure_shape(&self) -> Object {
        shape(&[
            ("error", Type::Boolean, "Always true"),
            ("message", Type::String, "What happened and what to do next"),
            ("code", Type::String, "Stable, for programs"),
        ])
    }
    fn key_header(&self) -> &'static str {
        "Authorization: Bearer gig_…"
    }
    fn policy(&self, method: &Method) -> Policy {
        match *method {
            Method::GET => Policy::GigiacRead,
            _ => Policy::GigiacWrite,
        }
    }
}

/// The reference's sentence; the facts become dollars too.
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

pub(crate) fn routes() -> Vec<Route> {
    credits::routes()
}
