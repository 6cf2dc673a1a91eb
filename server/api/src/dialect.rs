//! The dialect trait: how one reference renders errors, where its callers put their key, which rate policies it has, and
//! which routes. The core knows a dialect by this trait alone.

use crate::error_response::ErrorResponse;
use crate::rate_limit::Policy;
use crate::route::Route;
use axum::http::Method;
use market::key::Prefix;
use market::{Error, Kind, Time};
use serde_json::Value;
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, Type};

/// One reference's conventions and routes. A request's context carries its dialect, so handlers and extractors are written
/// once.
pub trait Dialect: Send + Sync {
    /// Returns its name, which each of its operations names in the document.
    fn name(&self) -> &'static str;
    /// Returns the note on its conventions in the description of each of its operations; it may be empty.
    fn about(&self) -> &'static str;
    /// Renders the body of an error response.
    fn failure(&self, refusal: &ErrorResponse, trace: &Trace) -> Value;
    /// Phrases an error in the dialect's own words, with its route for the step that helps.
    fn phrase(&self, error: Error) -> Error {
        error
    }
    /// Returns the schema of that body, for the document.
    fn failure_shape(&self) -> Object;
    /// Returns the header that carries its callers' key, as documentation prints it.
    fn key_header(&self) -> &'static str;
    /// Returns the rate policy of a route that declares none.
    fn policy(&self, method: &Method) -> &'static Policy;
    /// Returns the routes, in the document's order.
    fn routes(&self) -> Vec<Route>;
    /// Returns its key family: a request with such a key on an unknown or shared path gets this dialect.
    fn key_prefix(&self) -> Option<Prefix> {
        None
    }
    /// Returns the path prefix, such as `/api`, whose unknown paths it answers when no key decides.
    fn area(&self) -> Option<&'static str> {
        None
    }
}

/// The description of an error's code.
pub const CODE: &str = "The code of the error. It is stable, for programs";
/// The description of an error's message.
pub const MESSAGE: &str = "The problem, and what to do next";
/// The description of a request's id.
pub const REQUEST: &str = "The id of the request. Quote it when you report a problem";

/// Builds the schema of an error response: these properties, and the `fields` at fault.
pub fn shape(properties: &[(&str, Type, &str)]) -> Object {
    let typed = |kind: &Type| ObjectBuilder::new().schema_type(kind.clone());
    let field = typed(&Type::Object)
        .property("name", typed(&Type::String).description(Some("The name of the field, as it was sent")))
        .property("message", typed(&Type::String).description(Some("The problem with the field, and what to do")))
        .required("name")
        .required("message");
    let fields = ArrayBuilder::new().items(field).description(Some("The wrong fields of the request"));
    let start = typed(&Type::Object).property("fields", fields);
    let told = properties
        .iter()
        .fold(start, |object, (name, kind, about)| object.property(*name, typed(kind).description(Some(*about))).required(*name));
    told.build()
}

/// The id and time of a request, for its answer.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The request id, which a caller quotes in a bug report.
    pub request_id: String,
    /// The time it arrived.
    pub at: Time,
}

/// Formats a code as most references print it: `job_not_open` becomes `JOB_NOT_OPEN`.
pub fn upper(code: &str) -> String {
    code.to_ascii_uppercase()
}

/// Returns the code of an error in references that list one code for each status.
pub fn by_kind(kind: Kind, code: &str) -> String {
    match kind {
        Kind::Invalid => "BAD_REQUEST".into(),
        Kind::Unauthenticated => "UNAUTHORIZED".into(),
        Kind::Forbidden => "FORBIDDEN".into(),
        Kind::NotFound => "NOT_FOUND".into(),
        Kind::TooMany => "RATE_LIMITED".into(),
        Kind::Internal => "INTERNAL_ERROR".into(),
        _ => upper(code),
    }
}

/// A dialect for the core's own tests.
#[cfg(test)]
pub(crate) mod plain;
