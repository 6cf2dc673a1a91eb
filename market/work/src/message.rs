//! Messages on a job, between its poster, its worker, and the proofers who have submitted their verdict. The worker hears the proofers
//! once their round is over.
//!
//! A conversation is between the poster and one worker: a worker chosen later does not see earlier messages.

use kernel::id::{JobId, MessageId};
use kernel::text::Check;
use kernel::{Duration, Result, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod store;
mod visibility;
pub(crate) use actions::reveal;
pub use actions::{list, send};

/// The time after a job's end in which messages can still be sent.
pub const OPEN_AFTER_CLOSING: Duration = Duration::days(90);

/// The number of characters of a message in its event.
const PREVIEW: usize = 140;

text_enum! {
    /// The role of the author.
    Role {
        /// Of the team that posted it.
        Poster = "poster",
        /// Of the team that was chosen.
        Worker = "worker",
        /// Reviews it.
        Proofer = "proofer",
    }
}

/// A message. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// The job.
    pub job_id: JobId,
    /// The author's role.
    pub role: Role,
    /// The author's name: the poster's team, or the worker's or proofer's profile.
    pub author: String,
    /// True if the reader's own team wrote it.
    pub mine: bool,
    /// The text.
    pub body: String,
    /// When.
    pub created_at: Time,
}

impl Message {
    /// Returns the message as a role reads it: proofers and the worker don't see each other's names.
    #[must_use]
    pub fn heard_as(self, reader: Role) -> Self {
        let author = match (self.role, reader) {
            (Role::Proofer, Role::Worker) => "A proofer".to_owned(),
            (Role::Worker, Role::Proofer) => "The worker".to_owned(),
            _ => self.author,
        };
        Self { author, ..self }
    }
}

/// Checks the text of a message: 1 to 5,000 characters.
pub fn check(body: &str) -> Result<String> {
    let mut check = Check::new();
    let body = check.prose("body", body, 1..=5_000);
    check.done()?;
    Ok(body)
}

/// Returns the beginning of a message on one line.
pub fn preview(body: &str) -> String {
    let line = body.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(PREVIEW) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview("Two\nlines\t here"), "Two lines here");
        assert_eq!(preview(&"ä".repeat(140)), "ä".repeat(140));
        assert_eq!(preview(&"ä".repeat(141)), format!("{}…", "ä".repeat(140)));
    }

    #[test]
    fn a_message_has_something_to_say() {
        assert_eq!(check(" fine \n").as_deref(), Ok("fine"));
        for wrong in ["", "  ", "\0", &"x".repeat(5_001)] {
            assert_eq!(check(wrong).expect_err("nothing, or too much").fields[0].name, "body");
        }
    }
}
