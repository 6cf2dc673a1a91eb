//! What a dialect is: how one reference says no, where it has callers put their key, and how often they may call.

use crate::limit::Policy;
use crate::refusal::Refusal;
use axum::http::Method;
use market::{Kind, Time};
use serde_json::Value;
use utoipa::openapi::schema::{ArrayBuilder, Object, ObjectBuilder, Type};

/// One reference's manners. Routes carry theirs, so that handlers and extractors are written once.
pub(crate) trait Dialect: Send + Sync {
    /// Its name, also its tag in the document.
    fn name(&self) -> &'static str;
    /// What a newcomer should know of it, for the document.
    fn about(&self) -> &'static str;
    /// The body of an answer that refuses.
    fn failure(&self, refusal: &Refusal, trace: &Trace) -> Value;
    /// The shape of that body, for the document.
    fn failure_shape(&self) -> Object;
    /// The header its callers put their key into, as they would type it.
    fn key_header(&self) -> &'static str;
    /// How often a caller may use a route that says nothing of its own.
    fn policy(&self, method: &Method) -> Policy;
}

/// A refusal's shape: its own properties, and the `fields` at fault.
pub(crate) fn shape(properties: &[(&str, Type, &str)]) -> Object {
    let typed = |kind: &Type| ObjectBuilder::new().schema_type(kind.clone());
    let field = typed(&Type::Object)
        .property("name", typed(&Type::String).description(Some("The field's name, as it was sent")))
        .property("message", typed(&Type::String).description(Some("What is wrong with it and what to do")))
        .required("name")
        .required("message");
    let fields = ArrayBuilder::new().items(field).description(Some("The fields at fault, when the request itself was"));
    let start = typed(&Type::Object).property("fields", fields);
    let told = properties
        .iter()
        .fold(start, |object, (name, kind, about)| object.property(*name, typed(kind).description(Some(*about))).required(*name));
    told.build()
}

/// What an answer tells about the request it answers.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    /// What the caller quotes when something is odd.
    pub request_id: String,
    /// When it arrived.
    pub at: Time,
}

/// A code as most references print it: `job_not_open` becomes `JOB_NOT_OPEN`.
pub(crate) fn upper(code: &str) -> String {
    code.to_ascii_uppercase()
}

/// The word for a kind in references that list one code per status.
pub(crate) fn by_kind(kind: Kind, code: &str) -> String {
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

#[cfg(test)]
mod tests;
