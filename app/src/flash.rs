//! What one request leaves for the next page: that a form failed and how, or that something worked.

use market::Error;
use serde::{Deserialize, Serialize};

/// Where the session keeps it.
pub const KEY: &str = "flash";

/// The session could not be read or written: the database is out of reach.
#[cfg(feature = "ssr")]
pub(crate) fn unkept(_: tower_sessions::session::Error) -> Error {
    Error::unavailable()
}

/// Shown once, on the next page.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Flash {
    /// A form that did not go through.
    #[serde(default)]
    pub failed: Option<Failed>,
    /// Something that did.
    #[serde(default)]
    pub done: Option<String>,
}

/// A form as it was sent, and why nothing came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Failed {
    /// The server function it was for: `jobs/post`.
    pub form: String,
    /// What was typed, but for passwords.
    pub values: Vec<(String, String)>,
    /// What is wrong, and with which fields.
    pub error: Error,
}

impl Failed {
    /// Whether this is that form; `only` tells forms of one kind apart by the value of a hidden field.
    pub fn is_of(&self, form: &str, only: Option<&(&'static str, String)>) -> bool {
        let same = |(name, value): &(&'static str, String)| self.values.iter().any(|(n, v)| n == name && v == value);
        self.form == form && only.is_none_or(same)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_kind_are_told_apart() {
        let values = vec![("job".to_owned(), "a".to_owned()), ("message".to_owned(), "x".to_owned())];
        let failed = Failed { form: "jobs/revise".into(), values, error: Error::field("message", "It is short.") };
        assert!(failed.is_of("jobs/revise", None));
        assert!(failed.is_of("jobs/revise", Some(&("job", "a".to_owned()))));
        assert!(!failed.is_of("jobs/revise", Some(&("job", "b".to_owned()))));
        assert!(!failed.is_of("jobs/reject", None));
    }
}
