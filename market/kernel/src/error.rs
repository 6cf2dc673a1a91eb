//! The one error every room speaks. Dialects dress it; none of them invents another.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::borrow::Cow;

/// What every fallible function here returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in the caller's terms. Each kind has exactly one HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// The request can't mean anything as it stands; its fields say why.
    Invalid,
    /// Nobody is asking, or the credential is not good.
    Unauthenticated,
    /// The wallet holds less than the act costs.
    InsufficientFunds,
    /// The caller is known and may not.
    Forbidden,
    /// It does not exist, or it is somebody else's.
    NotFound,
    /// The thing is in another state than the act needs.
    Conflict,
    /// Well-formed, but it contradicts something said before.
    Unprocessable,
    /// More than is taken in one piece.
    TooLarge,
    /// Too many requests in a window of time.
    TooMany,
    /// A part of the program can't serve just now; the same call may go through later.
    Unavailable,
    /// Our fault.
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

    /// The HTTP status: the only such table in the program.
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
    /// What was wrong and what to do, as one sentence.
    pub message: Cow<'static, str>,
}

/// Why an act did not happen. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Error {
    /// Decides the status.
    pub kind: Kind,
    /// Stable, machine-readable, snake_case: `job_not_open`.
    pub code: Cow<'static, str>,
    /// One sentence or two that say what to do next.
    pub message: Cow<'static, str>,
    /// The fields at fault, when the request itself was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<Field>,
    /// Numbers and words a program may want: `{"required": 504, "available": 12}`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Box<Map<String, Value>>>,
}

/// The code of a failure that goes away when the same act is simply run again.
pub const TRY_AGAIN: &str = "try_again";

impl Error {
    /// An error without fields or facts.
    pub fn new(kind: Kind, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { kind, code: Cow::Borrowed(code), message: message.into(), fields: Vec::new(), facts: None }
    }
    /// A request that is wrong as a whole.
    pub fn invalid(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Invalid, code, message)
    }
    /// A request with one wrong field.
    pub fn field(name: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::fields(vec![Field { name: Cow::Borrowed(name), message: message.into() }])
    }
    /// A request with wrong fields; the message repeats them for those who read only that.
    pub fn fields(fields: Vec<Field>) -> Self {
        let told: Vec<_> = fields.iter().map(|field| format!("{}: {}", field.name, field.message)).collect();
        Self { fields, ..Self::invalid("invalid_request", told.join(" ")) }
    }
    /// No such thing, or none that the caller may know of.
    pub fn not_found(noun: &str) -> Self {
        Self::new(Kind::NotFound, "not_found", format!("There is no such {noun}, or it is not yours to see."))
    }
    /// The thing is in another state.
    pub fn conflict(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Conflict, code, message)
    }
    /// Known, but not allowed.
    pub fn forbidden(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Forbidden, code, message)
    }
    /// Nobody is signed in, or the credential does not hold.
    pub fn unauthenticated(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(Kind::Unauthenticated, code, message)
    }
    /// Our fault; the details go to the log, never to the caller.
    pub fn internal() -> Self {
        Self::new(Kind::Internal, "internal_error", "Something broke on our side. Try again, or report the request id.")
    }
    /// The database can't take this now.
    pub fn unavailable() -> Self {
        Self::new(Kind::Unavailable, "unavailable", "The database can't take this right now. Try again in a moment.")
    }
    /// Another act was in the way; the same one will go through.
    pub fn try_again() -> Self {
        Self::new(Kind::Unavailable, TRY_AGAIN, "Another request was in the way. Send the same one again.")
    }
    /// Adds a fact that a program can read.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.facts.get_or_insert_default().insert(name.to_owned(), value.into());
        self
    }
    /// Whether running the same act again is the whole remedy.
    pub fn is_transient(&self) -> bool {
        self.code == TRY_AGAIN
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
