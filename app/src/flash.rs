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
    /// The id of the part of the page at which the notice stands, if it stands at one.
    pub place: Option<String>,
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

/// The most bytes of JSON kept of a member's refused form: all that a browser can send in the 1 MiB of a form, since an escape of
/// JSON is at most twice as long as that of a form. A member's session keeps one.
pub(crate) const KEPT_MAX: usize = 2 << 20;

/// The most bytes of JSON kept of a stranger's refused form. Strangers can send any number of them.
pub(crate) const STRANGER_KEPT_MAX: usize = 2 << 10;

/// The codes of forms that were not even kept as a draft: sent after the session had ended, for somebody else, twice with other
/// values, or from a page that is older than the draft.
const UNSENT: [&str; 5] = ["not_sent_yet", "other_member", "other_team", "form_sent_before", "draft_moved"];

impl Failed {
    /// The form of a member whose session had ended, shown again after the next sign-in.
    pub(crate) fn after_sign_in(self) -> Self {
        let message = "You are signed in again. This form came too late, so nothing was done yet: check it and send it again.";
        Self { error: Error::conflict(UNSENT[0], message), ..self }
    }

    /// Returns true if the values are nowhere else, not even in a draft.
    pub(crate) fn is_unsent(&self) -> bool {
        UNSENT.contains(&self.error.code.as_ref())
    }

    /// Drops the fields that make the form larger than `kept_max`; the short ones, which tell forms apart, stay.
    pub(crate) fn within_bounds(mut self, kept_max: usize) -> Self {
        // A value that can't be serialised counts as too long.
        let length = |written: serde_json::Result<String>| written.map_or(usize::MAX, |text| text.len() + 1);
        if length(serde_json::to_string(&self.error)) > kept_max / 2 {
            self.error = Error::invalid("unreadable_form", "The form could not be read. Reload the page and try again.");
        }
        let around = Self { form: self.form.clone(), values: Vec::new(), error: self.error.clone() };
        let mut left = kept_max.saturating_sub(length(serde_json::to_string(&around)));
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
        for kept_max in [KEPT_MAX, STRANGER_KEPT_MAX] {
            let long = |share: usize| "n".repeat(kept_max / 5 * share);
            let values = vec![pair("text", "\u{1}".repeat(kept_max / 5)), pair("job", "a".into()), pair("note", long(3))];
            let mut many = vec![pair("x", long(1)); 10];
            many.push(pair("job", "a".into()));
            for (values, names) in [(values, Some(vec!["job", "note"])), (many, None)] {
                let kept = Failed { form: "jobs/post".into(), values, error: Error::field("text", "It is long.") }.within_bounds(kept_max);
                assert!(size(&kept) <= kept_max && kept.error.fields.len() == 1, "{}", size(&kept));
                assert!(names.is_none_or(|names| kept.values.iter().map(|(name, _)| name.as_str()).eq(names)));
            }
            let echo = Failed { form: "jobs/post".into(), values: Vec::new(), error: Error::invalid("x", "z".repeat(kept_max)) };
            assert!(size(&echo.within_bounds(kept_max)) <= kept_max);
        }
    }

    #[test]
    fn all_that_a_browser_can_send_is_kept() {
        // A quotation mark is three bytes of a form and two of JSON, a line end six and four, a control character three and six.
        for (one, sent) in [("a", 1), ("\"", 3), ("\r\n", 6), ("\u{1}", 3)] {
            let text = one.repeat(((1 << 20) - 100) / sent);
            let values = vec![("content".to_owned(), text.clone()), ("job".to_owned(), "a".to_owned())];
            let failed = Failed { form: "jobs/deliver".into(), values, error: Error::field("note", "It is long.") };
            assert!(failed.within_bounds(KEPT_MAX).values.iter().any(|(_, value)| *value == text), "{one:?}");
        }
    }
}
