//! What a dialect is: how one reference says no, where it has callers put their key, and how often they may call.

use crate::limit::Policy;
use crate::refusal::Refusal;
use axum::http::Method;
use market::{Kind, Time};
use serde_json::Value;

/// One reference's manners. Routes carry theirs, so that handlers and extractors are written once.
pub(crate) trait Dialect: Send + Sync {
    /// Its name, also its tag in the document.
    fn name(&self) -> &'static str;
    /// What a newcomer should know of it, for the document.
    fn about(&self) -> &'static str;
    /// The body of an answer that refuses.
    fn failure(&self, refusal: &Refusal, trace: &Trace) -> Value;
    /// The header its callers put their key into, as they would type it.
    fn key_header(&self) -> &'static str;
    /// How often a caller may use a route that says nothing of its own.
    fn policy(&self, method: &Method) -> Policy;
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
