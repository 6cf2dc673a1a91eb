//! What happened: one row per happening, written in the act's own transaction and never changed.
//!
//! Numbers follow commit order without gaps, so a reader that remembers the last one misses nothing.

use crate::Time;
use crate::id::{EventId, TeamId};
use serde::{Deserialize, Serialize};

#[cfg(feature = "db")]
mod record;
#[cfg(feature = "db")]
mod store;
#[cfg(feature = "db")]
pub use record::record;
#[cfg(feature = "db")]
pub(crate) use store::{Happening, write};
#[cfg(feature = "db")]
pub use store::{latest, of_subject};

/// A happening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its place in the order of all.
    pub seq: i64,
    /// Its id outside.
    pub id: EventId,
    /// A noun and what became of it: `job.approved`.
    #[serde(rename = "type")]
    pub name: String,
    /// Whose act it was.
    pub team_id: TeamId,
    /// The id of what it happened to.
    pub subject: String,
    /// What else there is to know, as a JSON object in text.
    pub payload: String,
    /// When.
    pub at: Time,
}

impl Event {
    /// The payload as JSON; an empty object when it can't be read.
    pub fn facts(&self) -> serde_json::Value {
        serde_json::from_str(&self.payload).unwrap_or_default()
    }
}
