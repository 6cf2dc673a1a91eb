//! Exports: a member's copy of everything about them, as an archive. It is built in the background, and its link works for seven days.
//! The inventory says which rows are a member's.

use kernel::id::{ExportId, MemberId};
use kernel::{Duration, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod build;
mod letter;
mod link;
mod store;
pub use actions::{ask, claim, exists, fail, finish, forget, last, still_coming};
pub use build::{Claimed, OwnFile, files, rows, whose};
pub use link::{Link, Signed, follow, link, shown_link};

/// A member asks for one export within this time.
pub const ASKED_EVERY: Duration = Duration::days(1);
/// The time for which the link of an export works.
pub const LIFE: Duration = Duration::days(7);
/// The most attempts to build an export.
pub const ATTEMPTS_MAX: i64 = 5;
/// The time without progress after which another worker may build an export.
pub const LEASE: Duration = Duration::minutes(10);

text_enum! {
    /// The status of an export.
    Status {
        /// A worker builds it.
        Preparing = "preparing",
        /// It can be downloaded.
        Ready = "ready",
        /// It could not be built.
        Failed = "failed",
    }
}

/// An export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Export {
    /// Its id.
    pub id: ExportId,
    /// The member.
    pub member_id: MemberId,
    /// The status of an export.
    pub status: Status,
    /// The size of the archive in bytes.
    pub size: i64,
    /// When it was asked for.
    pub requested_at: Time,
    /// When its link ends; none before there is one.
    pub expires_at: Option<Time>,
    /// The number by which the member's sessions end: with these the link ends, too.
    #[serde(default, skip_serializing)]
    pub epoch: i64,
}
