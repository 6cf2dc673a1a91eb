//! The conventions of the program's own dialect: its errors are RFC 9457 problems, and it has no rate limit by default.

use api::dialect::{CODE, Dialect, MESSAGE, REQUEST, Trace, shape};
use api::error_response::ErrorResponse;
use api::rate_limit::{Policy, UNLIMITED};
use api::route::Route;
use axum::http::Method;
use serde_json::Value;
use utoipa::openapi::schema::{Object, Type};

/// The program's own dialect: routes about the API itself.
pub struct Guildhall;

impl Dialect for Guildhall {
    fn name(&self) -> &'static str {
        "guildhall"
    }
    fn about(&self) -> &'static str {
        ""
    }
    fn failure(&self, refusal: &ErrorResponse, trace: &Trace) -> Value {
        refusal.problem(trace)
    }
    fn failure_shape(&self) -> Object {
        shape(&[
            ("type", Type::String, "The kind of problem, as a URN"),
            ("title", Type::String, "The status in words"),
            ("status", Type::Integer, "The HTTP status"),
            ("detail", Type::String, MESSAGE),
            ("code", Type::String, CODE),
            ("request_id", Type::String, REQUEST),
        ])
    }
    fn key_header(&self) -> &'static str {
        "X-API-Key: age_…"
    }
    fn policy(&self, _: &Method) -> &'static Policy {
        &UNLIMITED
    }
    fn routes(&self) -> Vec<Route> {
        crate::routes::routes()
    }
}
