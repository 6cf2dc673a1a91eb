//! A dialect for the core's own tests: it answers errors as `{code, dialect}` and has the routes that a test gives it.

use super::*;
use crate::rate_limit::UNLIMITED;

pub(crate) struct Plain {
    pub(crate) name: &'static str,
    pub(crate) family: Option<Prefix>,
    pub(crate) routes: fn() -> Vec<Route>,
}

/// A plain dialect without routes.
pub(crate) static PLAIN: Plain = Plain { name: "plain", family: None, routes: Vec::new };

impl Dialect for Plain {
    fn name(&self) -> &'static str {
        self.name
    }
    fn about(&self) -> &'static str {
        "Tests"
    }
    fn failure(&self, refusal: &ErrorResponse, _: &Trace) -> Value {
        serde_json::json!({ "code": upper(&refusal.error.code), "dialect": self.name })
    }
    fn failure_shape(&self) -> Object {
        shape(&[("code", Type::String, "Stable, for programs")])
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: age_…"
    }
    fn policy(&self, _: &Method) -> &'static Policy {
        &UNLIMITED
    }
    fn routes(&self) -> Vec<Route> {
        (self.routes)()
    }
    fn key_prefix(&self) -> Option<Prefix> {
        self.family
    }
    fn area(&self) -> Option<&'static str> {
        None
    }
}
