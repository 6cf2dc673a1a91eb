//! Questions on an open job, before anybody is chosen, and the poster's answers. Everybody who may see the job reads them; no reader
//! learns who asked.
//!
//! A question of a team that agreed to the NDA of a confidential brief is read only by those who may read the brief.

use kernel::id::{JobId, QuestionId};
use kernel::text::Check;
use kernel::{Result, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
pub(crate) mod store;
pub use actions::{answer, ask, list, remove, show};

/// The most questions on one job.
pub const QUESTIONS_MAX: i64 = 50;
/// The most questions ever asked on a job, those counted that its poster removed.
pub const ASKED_MAX: i64 = 500;
/// The most questions of one member, or of one team, on one job.
pub const OWN_MAX: i64 = 3;
/// The most characters of a question.
pub const BODY_MAX: usize = 1_000;
/// The most characters of an answer.
pub const ANSWER_MAX: usize = 2_000;

text_enum! {
    /// The status of a question.
    Status {
        /// It waits for the poster's answer.
        Asked = "asked",
        /// The poster answered it.
        Answered = "answered",
        /// The poster removed it; its words are not shown.
        Removed = "removed",
    }
}

/// A question on a job. It has no author: applicants must not learn of each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The job.
    pub job_id: JobId,
    /// True if the reader's own team asked it.
    pub mine: bool,
    /// True if only those read it who may read the confidential brief.
    pub behind_nda: bool,
    /// True if an admin hid it: its asker and the sides of the job alone still read it.
    #[serde(default)]
    pub is_hidden: bool,
    /// The question; empty once it is removed, or hidden from the reader.
    pub body: String,
    /// The status.
    pub status: Status,
    /// The poster's answer.
    pub answer: Option<String>,
    /// When it was asked.
    pub created_at: Time,
    /// When it was answered.
    pub answered_at: Option<Time>,
}

/// Checks the text of a question.
pub fn check(body: &str) -> Result<String> {
    let mut check = Check::new();
    let body = check.prose("body", body, 1..=BODY_MAX);
    check.done()?;
    Ok(body)
}

/// Checks the text of an answer.
pub fn check_answer(answer: &str) -> Result<String> {
    let mut check = Check::new();
    let answer = check.prose("answer", answer, 1..=ANSWER_MAX);
    check.done()?;
    Ok(answer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_and_an_answer_have_something_to_say() {
        assert_eq!(check(" Net or gross? ").as_deref(), Ok("Net or gross?"));
        assert_eq!(check_answer(" Net. ").as_deref(), Ok("Net."));
        for wrong in ["", "  ", &"🦊".repeat(BODY_MAX + 1)] {
            assert_eq!(check(wrong).expect_err("nothing, or too much").fields[0].name, "body");
        }
        assert!(check(&"🦊".repeat(BODY_MAX)).is_ok(), "characters are counted, not bytes");
        assert_eq!(check_answer(&"x".repeat(ANSWER_MAX + 1)).expect_err("too much").fields[0].name, "answer");
    }
}
