//! The reason of a declined application: a word for statistics and an optional sentence.

use kernel::text::{Check, any_of};
use kernel::{Error, Result, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The reason of a declined application.
    Reason {
        /// The price is too high.
        Price = "price",
        /// The poster looks for more experience.
        Experience = "experience",
        /// The application does not say how the work would be done.
        Unclear = "unclear",
        /// Another applicant was accepted.
        OtherChosen = "other_chosen",
        /// The job was closed.
        JobClosed = "job_closed",
        /// The accepted proofer gave no verdict in time.
        NoShow = "no_show",
        /// Something else.
        Other = "other",
    }
}

impl Reason {
    /// The reasons that a poster can give; the program sets the others.
    pub const GIVEN: [Reason; 5] = [Reason::Price, Reason::Experience, Reason::Unclear, Reason::OtherChosen, Reason::Other];
}

/// Input for declining an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declining {
    /// The word.
    pub reason: Reason,
    /// The sentence, up to 2,000 characters; may be empty.
    pub message: String,
}

impl Declining {
    /// Parses both; the default reason is `other`.
    pub fn new(reason: Option<&str>, message: &str) -> Result<Self> {
        let mut check = Check::new();
        let given = |word: &str| Reason::parse(word).filter(|reason| Reason::GIVEN.contains(reason));
        let known = || any_of(Reason::GIVEN.iter().map(|reason| reason.as_str()));
        let reason = match reason.filter(|word| !word.is_empty()) {
            None => Some(Reason::Other),
            Some(word) => check.take(given(word).ok_or_else(|| Error::field("reason", format!("It must be {}.", known())))),
        };
        let message = check.prose("message", message, 0..=2_000);
        check.done()?;
        reason.map(|reason| Self { reason, message }).ok_or_else(Error::internal)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_no_may_be_short() {
        assert_eq!(Declining::new(None, ""), Ok(Declining { reason: Reason::Other, message: String::new() }));
        assert_eq!(Declining::new(Some("price"), " Twice the budget. ").expect("good").message, "Twice the budget.");
        for wrong in ["dear", "job_closed", "no_show"] {
            assert_eq!(Declining::new(Some(wrong), "").expect_err("not the poster's to say").fields[0].name, "reason");
        }
        assert_eq!(Declining::new(None, &"x".repeat(2_001)).expect_err("long").fields[0].name, "message");
    }
}
