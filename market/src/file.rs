//! Files of a job: what the poster attaches to the brief, what the worker hands in, and what either shows in a dispute.
//!
//! Here is who may, how much, and under which name. The bytes are in a store outside the database, so a row is `pending`
//! before the first of them is sent and `ready` only when the last is kept; whatever breaks in between is swept away.

pub mod errors;
pub(crate) mod events;
mod limits;
mod name;

mod commands;
mod content;
mod link;
mod queries;
mod store;
mod sweep;
mod types;

use crate::id::{DeliverableId, FileId, JobId, MemberId, TeamId};
use crate::{Time, text_enum};
pub(crate) use commands::attach_to;
pub use commands::{Arrived, abandon, begin, finish, still_coming, take_back};
pub use content::{HEAD, content_type};
pub use limits::{AT_ONCE_MOST, FILES_MOST, in_words, must_fit};
pub use link::{LINK_LIFE, Link, Signed, follow, link};
pub use name::clean;
pub use queries::{attachments, by_path, meant, must_be_allowed, of_deliverable, room, waiting};
pub(crate) use queries::{handed_in, may_read_work};
use serde::{Deserialize, Serialize};
pub use sweep::{ALIVE_FOR, Litter, condemn, forget, home, litter, unknown};

text_enum! {
    /// What a file is to its job.
    Kind {
        /// Part of the brief: for the poster, and for those who agreed to the NDA.
        Attachment = "attachment",
        /// Part of the work: for the poster, the worker, and the proofers who were accepted.
        Deliverable = "deliverable",
        /// Shown in a dispute: for its two sides, and for admins of neither.
        Evidence = "evidence",
    }
}

text_enum! {
    /// Whether its bytes are there.
    Status {
        /// They are on their way.
        Pending = "pending",
        /// They are kept.
        Ready = "ready",
        /// They are to be removed.
        Gone = "gone",
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// Of which job.
    pub job_id: JobId,
    /// The version it was handed in with.
    pub deliverable_id: Option<DeliverableId>,
    /// What it is to the job.
    pub kind: Kind,
    /// Whose room it takes.
    pub team_id: TeamId,
    /// Who sent it.
    pub member_id: MemberId,
    /// Whether its bytes are there.
    pub status: Status,
    /// What people call it: one line, without a path.
    pub name: String,
    /// What it is, by its name and by its first bytes.
    pub content_type: String,
    /// In bytes.
    pub size: i64,
    /// Of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// When it was sent.
    pub created_at: Time,
}

impl File {
    /// What the API calls it: made here, nothing in it is the sender's. The store knows it by its id alone.
    pub fn path(&self) -> String {
        format!("{}/{}", self.job_id, self.id)
    }
}

/// How much room a team's files take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// In bytes.
    pub used: i64,
    /// The most there may be.
    pub most: i64,
}
