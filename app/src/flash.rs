//! Flash messages: the result of a form, shown once on the next page.
//!
//! A refused form is kept in the session, because its values can be long. A notice of success is one line and travels in a
//! cookie: the session, which is a row that has to reach the disk, stays as it is.

pub mod notice;

use market::Error;
use serde::{Deserialize, Serialize};

/// The session's key of a refused form.
pub const KEY: &str = "flash";

/// The error for a session that can't be read or written, because the database can't be reached.
pub(crate) fn unkept(_: tower_sessions::session::Error) -> Error {
    Error::unavailable()
}

/// Takes the refused form out of a session, if there is one.
///
/// It is removed only then: removing marks the session as changed, and every request would wait for the disk.
pub async fn take(session: &tower_sessions::Session) -> market::Result<Option<Failed>> {
    let failed = session.get(KEY).await.map_err(unkept)?;
    if failed.is_some() {
        session.remove_value(KEY).await.map_err(unkept)?;
    }
    Ok(failed)
}

/// The result of a form, shown once on the next page.
#[derive(Clone, Debug, Default)]
pub struct Flash {
    /// A form that was refused.
    pub failed: Option<Failed>,
    /// A notice of success.
    pub done: Option<String>,
}

/// A refused form: its values and the error.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Failed {
    /// The form's server function: `jobs/post`.
    pub form: String,
    /// The typed values, without passwords.
    pub values: Vec<(String, String)>,
    /// The error, with the fields at fault.
    pub error: Error,
}

/// The most bytes of JSON kept of a refused form. Anyone can send any number of them, so they are bounded.
const KEPT_MAX: usize = 64 << 10;

impl Failed {
    /// Drops the fields that make the form too large to keep; the short ones, which tell forms apart, stay.
    pub(crate) fn within_bounds(mut self) -> Self {
        // A value that can't be serialised counts as too long.
        let length = |written: serde_json::Result<String>| written.map_or(usize::MAX, |text| text.len() + 1);
        if length(serde_json::to_string(&self.error)) > KEPT_MAX / 2 {
            self.error = Error::invalid("unreadable_form", "The form could not be read. Reload the page and try again.");
        }
        let around = Self { form: self.form.clone(), values: Vec::new(), error: self.error.clone() };
        let mut left = KEPT_MAX.saturating_sub(length(serde_json::to_string(&around)));
        self.values.retain(|pair| {
            let length = length(serde_json::to_string(pair));
            let fits = length <= left;
            left -= if fits { length } else { 0 };
            fits
        });
        self
    }

    /// Returns true if this is the given form; `only` tells forms of one kind apart by the value of a hidden field.
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

    #[test]
    fn no_more_is_kept_than_fits() {
        let size = |failed: &Failed| serde_json::to_string(failed).expect("is written").len();
        let pair = |name: &str, value: String| (name.to_owned(), value);
        let values = vec![pair("text", "\u{1}".repeat(60_000)), pair("job", "a".into()), pair("note", "n".repeat(40_000))];
        let mut many = vec![pair("x", "y".repeat(100)); 10_000];
        many.push(pair("job", "a".into()));
        for (values, names) in [(values, Some(vec!["job", "note"])), (many, None)] {
            let kept = Failed { form: "jobs/post".into(), values, error: Error::field("text", "It is long.") }.within_bounds();
            assert!(size(&kept) <= KEPT_MAX && kept.error.fields.len() == 1, "{}", size(&kept));
            assert!(names.is_none_or(|names| kept.values.iter().map(|(name, _)| name.as_str()).eq(names)));
        }
        let echo = Failed { form: "jobs/post".into(), values: Vec::new(), error: Error::invalid("x", "z".repeat(1 << 20)) };
        assert!(size(&echo.within_bounds()) <= KEPT_MAX);
    }
}
