//! The one error type of the program. Dialects render it; none of them defines another.

use crate::Next;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// The result of every fallible function.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The kind of an error, in the caller's terms. Each kind has exactly one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request is malformed; its fields say why.
    Invalid,
    /// The credential is missing or not valid.
    Unauthenticated,
    /// The wallet holds less than the act costs.
    InsufficientFunds,
    /// The caller is known, but may not do this.
    Forbidden,
    /// The thing does not exist, or it is another team's.
    NotFound,
    /// The thing is in another state than the act needs.
    Conflict,
    /// The request is well-formed, but contradicts an earlier one.
    Unprocessable,
    /// The request is larger than the limit.
    TooLarge,
    /// Too many requests in a window of time.
    TooMany,
    /// A part of the program is unavailable; the same call may succeed later.
    Unavailable,
    /// A fault of the program.
    Internal,
}

impl Kind {
    /// Every kind, for tables and tests.
    pub const ALL: [Kind; 11] = [
        Kind::Invalid,
        Kind::Unauthenticated,
        Kind::InsufficientFunds,
        Kind::Forbidden,
        Kind::NotFound,
        Kind::Conflict,
        Kind::Unprocessable,
        Kind::TooLarge,
        Kind::TooMany,
        Kind::Unavailable,
        Kind::Internal,
    ];

    /// Returns the HTTP status. This is the only such table in the program.
    pub const fn status(self) -> u16 {
        match self {
            Kind::Invalid => 400,
            Kind::Unauthenticated => 401,
            Kind::InsufficientFunds => 402,
            Kind::Forbidden => 403,
            Kind::NotFound => 404,
            Kind::Conflict => 409,
            Kind::Unprocessable => 422,
            Kind::TooLarge => 413,
            Kind::TooMany => 429,
            Kind::Unavailable => 503,
            Kind::Internal => 500,
        }
    }
}

/// One field of the request and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The field's name as the domain spells it, `budget_max`.
    pub name: Cow<'static, str>,
    /// The problem and what to do, as one sentence.
    pub message: Cow<'static, str>,
}

/// The reason why an act failed. A failed act has changed nothing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// The kind, which decides the status.
    pub kind: Kind,
    /// The stable, machine-readable code in snake_case: `job_not_open`.
    pub code: Cow<'static, str>,
    /// The message: one or two sentences that say what to do next.
    pub message: Cow<'static, str>,
    /// The fields at fault, when the request itself was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Facts for programs: `{"required": 504, "available": 12}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Box<Map<String, Value>>>,
    /// The step that helps, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<Next>,
}

/// The code of a transient failure: running the same act again succeeds.
pub const TRY_AGAIN: &str = "try_again";

impl Error {
    /// Creates an error without fields or facts.
    pub fn new(kind: Kind, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        let message = bounded(message.into(), MESSAGE_BYTES_MAX);
        Self { kind, code: Cow::Borrowed(code), message, fields: Vec::new(), facts: None, next: None }
    }
    /// Creates the error for a request that is wrong as a whole.
    pub fn invalid(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Invalid, code, message)
    }
    /// Creates the error for a request with one wrong field.
    pub fn field(name: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::fields(vec![Field { name: Cow::Borrowed(name), message: message.into() }])
    }
    /// Creates the error for a request with wrong fields; the message repeats them for callers that read only the message. A value
    /// of the caller is quoted in part, and fields are left out once there are more than an answer has room for.
    pub fn fields(fields: Vec<Field>) -> Self {
        let fields = fitting(fields);
        let told: Vec<_> = fields.iter().map(|field| format!("{}: {}", field.name, field.message)).collect();
        Self { fields, ..Self::invalid("invalid_request", told.join(" ")) }
    }
    /// Creates the error for a thing that does not exist or that the caller may not know of.
    pub fn not_found(noun: &str) -> Self {
        Self::new(Kind::NotFound, "not_found", format!("There is no such {noun}, or it is not yours to see."))
    }
    /// Gives a wrong field another name.
    #[must_use]
    pub fn renamed(self, from: &str, to: &'static str) -> Self {
        let named = |field: Field| if field.name == from { Field { name: to.into(), ..field } } else { field };
        match self.fields.is_empty() {
            true => self,
            false => {
                Self { code: self.code, facts: self.facts, next: self.next, ..Self::fields(self.fields.into_iter().map(named).collect()) }
            }
        }
    }
    /// Names another thing in an error that something was not found: a caller who asked for an application reads that it is the
    /// application. Other errors stay as they are.
    #[must_use]
    pub fn not_found_as(self, noun: &str) -> Self {
        if self.kind == Kind::NotFound { Self::not_found(noun) } else { self }
    }
    /// Creates the error for a thing in the wrong state.
    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Conflict, code, message)
    }
    /// Creates the error for a known caller who may not do this.
    pub fn forbidden(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Forbidden, code, message)
    }
    /// Creates the error for a missing or invalid credential.
    pub fn unauthenticated(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Unauthenticated, code, message)
    }
    /// Creates the error for a fault of the program; the details go to the log, never to the caller.
    pub fn internal() -> Self {
        Self::new(Kind::Internal, "internal_error", "Something broke on our side. Try again, or report the request id.")
    }
    /// Creates the error for a database that can't serve now.
    pub fn unavailable() -> Self {
        Self::new(Kind::Unavailable, "unavailable", "The database can't take this right now. Try again in a moment.")
    }
    /// Creates the error for a conflict with a concurrent act; the same act succeeds when it runs again.
    pub fn try_again() -> Self {
        Self::new(Kind::Unavailable, TRY_AGAIN, "Another request was in the way. Send the same one again.")
    }
    /// Adds a fact for programs.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.get_or_insert_default().insert(name.to_owned(), value.into());
        self
    }
    /// Adds the step that helps.
    #[must_use]
    pub fn helped_by(self, next: Next) -> Self {
        Self { next: Some(next), ..self }
    }
    /// Returns true if running the same act again is the remedy.
    pub fn is_transient(&self) -> bool {
        self.code == TRY_AGAIN
    }
}

/// The most bytes of an error's message.
const MESSAGE_BYTES_MAX: usize = 3_000;
/// The most bytes of a field's name in an error: callers send names, too.
const FIELD_NAME_BYTES_MAX: usize = 100;
/// The most bytes of the message about one field.
const FIELD_BYTES_MAX: usize = 2_000;
/// The most bytes of all that an error tells of fields. With its message twice, written as JSON, it stays below 20 kB.
const FIELDS_BYTES_MAX: usize = 6_000;

/// Bounds each field, and keeps as many as there is room for.
fn fitting(fields: Vec<Field>) -> Vec<Field> {
    let mut left = FIELDS_BYTES_MAX;
    let bounded = fields
        .into_iter()
        .map(|field| Field { name: bounded(field.name, FIELD_NAME_BYTES_MAX), message: bounded(field.message, FIELD_BYTES_MAX) });
    let fits = |field: &Field| {
        let bytes = field.name.len() + field.message.len();
        let fits = bytes <= left;
        left = left.saturating_sub(bytes);
        fits
    };
    bounded.take_while(fits).collect()
}

/// Cuts a text that is too long, keeping its end, where a message says what to do. Control characters, which JSON writes with six bytes,
/// become one sign.
fn bounded(text: Cow<'static, str>, bytes_max: usize) -> Cow<'static, str> {
    let text = if text.contains(|c: char| c.is_control() && c != '\n') {
        Cow::Owned(text.replace(|c: char| c.is_control() && c != '\n', "\u{fffd}"))
    } else {
        text
    };
    if text.len() <= bytes_max {
        return text;
    }
    let begin = &text[..text.floor_char_boundary(bytes_max * 2 / 3)];
    let end = &text[text.ceil_char_boundary(text.len() - bytes_max / 3 + 3)..];
    Cow::Owned(format!("{begin}…{end}"))
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_as_long_as_somebody_reads() {
        let field = |name: String, message: String| Field { name: name.into(), message: message.into() };
        let long = Error::field("price", format!("\"{}\" is not an amount; write dollars.", "9".repeat(1 << 20)));
        assert!(long.message.len() <= MESSAGE_BYTES_MAX && long.message.ends_with("is not an amount; write dollars."), "{}", long.message);
        let many = Error::fields((0..5_000).map(|n| field(format!("field {n}"), "\u{1}\"é".repeat(50_000))).collect());
        assert!(serde_json::to_string(&many).is_ok_and(|text| text.len() < 20_000));
        assert!(many.fields.len() >= 2, "{}", many.fields.len());
        let named = Error::fields(vec![field("é".repeat(50_000), "It is not known.".into())]);
        assert_eq!((named.fields[0].name.len(), named.fields[0].message.as_ref()), (99, "It is not known."));
        let whole = Error::conflict("moved", "The job moved meanwhile.\nRead it again.");
        assert_eq!(whole.message, "The job moved meanwhile.\nRead it again.");
    }
}
