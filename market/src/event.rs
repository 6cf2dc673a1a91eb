//! What happened: one row per happening, written in the act's own transaction and never changed.
//!
//! Numbers follow commit order without gaps, so a reader that remembers the last one misses nothing. After a time streams
//! forget: up to some number rows are missing, and a reader that is not as far is told so.

use crate::Time;
use crate::id::{EventId, TeamId};
use crate::job::Category;
use serde::{Deserialize, Serialize};

mod queries;
mod record;
mod store;
mod sweep;
mod told;
mod wire;
pub(crate) use queries::{heard_after, last_heard, resumes_after, topics};
pub use queries::{place, recent, since, viewer};
pub use record::{announce, record};
pub(crate) use store::{Happening, swept, write};
pub use store::{latest, of_subject};
pub use sweep::sweep;
pub use told::{HISTORY, KINDS, Side};
pub use wire::{Viewer, Wire, kinds, wire};

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
    /// Who hears of it besides that team: ids of teams and topics, with a space between them.
    pub audience: String,
}

impl Event {
    /// Whether this team hears of it.
    pub fn is_for(&self, team: &TeamId) -> bool {
        self.team_id == *team || self.audience.split(' ').any(|heard| heard == team.as_str())
    }

    /// Whether it is told to all who work in this category.
    pub fn is_for_category(&self, category: Category) -> bool {
        let topic = category_topic(category);
        self.audience.split(' ').any(|heard| heard == topic)
    }

    /// The payload as JSON; an empty object when it can't be read.
    pub fn facts(&self) -> serde_json::Value {
        serde_json::from_str(&self.payload).unwrap_or_default()
    }
}

/// The topic of a category's news.
fn category_topic(category: Category) -> String {
    format!("category:{category}")
}
