//! Files of a job: attachments of the brief, parts of the work, and evidence in a dispute.
//!
//! This module decides permissions, limits and names. The bytes are in a store outside the database, so a row is `pending` before the
//! first byte is sent and `ready` only when the last is stored; an upload that breaks off is deleted.

pub mod errors;
pub mod events;
mod limits;
mod name;

mod actions;
mod content;
mod link;
mod queries;
mod store;
mod sweep;
mod types;

pub(crate) use actions::attach_to;
pub use actions::{ReceivedFile, abandon, begin, finish, still_coming, take_back};
pub use content::{HEAD, content_type, is_foreign_text};
use kernel::id::{DeliverableId, FileId, JobId, MemberId, TeamId};
use kernel::{Time, text_enum};
pub use limits::{AT_ONCE_MAX, FILES_MAX, in_words, must_fit};
pub use link::{LINK_LIFE, Link, Signed, follow, link, link_to};
pub use name::clean;
pub(crate) use queries::handed_in;
pub use queries::{attachments, by_path, meant, must_be_allowed, of_deliverable, storage_usage, target, total, waiting};
use serde::{Deserialize, Serialize};
pub use sweep::{ALIVE_FOR, DiscardedFile, condemn, discarded, forget, home, unknown};

text_enum! {
    /// The kind of a file.
    Kind {
        /// Part of the brief: for the poster, and for those who agreed to the NDA. One that was added after a worker was chosen is for the
        /// two sides and the proofers.
        Attachment = "attachment",
        /// Part of the work: for the poster, the worker, and the proofers who were accepted.
        Deliverable = "deliverable",
        /// Shown in a dispute: for its two sides, and for admins of neither.
        Evidence = "evidence",
    }
}

text_enum! {
    /// The status of a file's bytes.
    Status {
        /// The bytes are arriving.
        Pending = "pending",
        /// The bytes are stored.
        Ready = "ready",
        /// The bytes are to be removed.
        Gone = "gone",
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its id.
    pub id: FileId,
    /// The job.
    pub job_id: JobId,
    /// The version it was handed in with.
    pub deliverable_id: Option<DeliverableId>,
    /// The kind.
    pub kind: Kind,
    /// The team whose quota it counts against.
    pub team_id: TeamId,
    /// The member who sent it.
    pub member_id: MemberId,
    /// The status of a file's bytes.
    pub status: Status,
    /// The name: one line, without a path.
    pub name: String,
    /// The media type, by its name and its first bytes.
    pub content_type: String,
    /// The size in bytes.
    pub size: i64,
    /// The SHA-256 of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// True for an attachment that came after a worker was chosen.
    #[serde(default)]
    pub for_chosen: bool,
    /// When it was sent.
    pub created_at: Time,
}

impl File {
    /// Returns the file's path in the API, which contains no input of the sender. The store names it by its id alone.
    pub fn path(&self) -> String {
        format!("{}/{}", self.job_id, self.id)
    }
}

/// The quota of a team's files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StorageUsage {
    /// The size in bytes.
    pub used: i64,
    /// The limit.
    pub most: i64,
}
