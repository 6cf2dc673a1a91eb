//! Suspension: an admin of the server keeps a member out. Sessions and tokens end, keys are refused, and nothing else happens: money
//! stays, and jobs go on by their timers. Reinstated, the member signs in again and the keys work.

use kernel::Time;
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod store;
pub use actions::{is_of_team, of_member, reinstate, suspend, verify_address};
pub(crate) use actions::{must_be_none, must_not_be, of};

/// A suspension.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspension {
    /// When it began.
    pub at: Time,
    /// The reason, which the member is told.
    pub reason: String,
    /// When the account is deleted, if its member asked for that.
    #[serde(default)]
    pub deletion_at: Option<Time>,
}
