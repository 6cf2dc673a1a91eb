//! Browser sessions: the rows of the server's session layer, and the actor of a session.
//!
//! A session stores a member's id and epoch. It ends when the password changes, because the epoch changes.

use kernel::Time;
use kernel::text::hex;
use serde::Deserialize;
use sha2::{Digest, Sha256};

mod actions;
mod mark;
mod store;
pub(crate) use actions::end_all;
pub use actions::{actor, actor_in, assign, create, delete, end, end_others, load, mine, save, sweep};
pub use mark::{mark, marked};

/// A browser in which a member is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct SignedIn {
    /// The id of the row.
    pub id: String,
    /// The session layer's own JSON.
    pub record: String,
    /// When the member signed in.
    pub created_at: Time,
}

/// Computes the id of a session's row from the random number in its cookie, so that a copy of the database signs nobody in.
pub fn row_id(random: i128) -> String {
    hex(&Sha256::digest(random.to_le_bytes()))
}
