//! Events: one row for each, written in the act's own transaction and never changed.
//!
//! Numbers follow the commit order without gaps, so a reader that remembers the last one misses nothing. Old events are deleted up
//! to a number; a reader that is behind it is told so.
//!
//! The platform knows no event by name. Each noun declares its own as types with a [`Spec`]; the [`Catalogue`] holds all.

use kernel::Time;
use kernel::id::{EventId, TeamId};
use serde::{Deserialize, Serialize};

mod catalogue;
mod concerned;
mod emit;
mod facts;
mod latest;
mod queries;
mod spec;
mod store;
mod sweep;
mod topic;
mod view;
pub use crate::event_fields as fields;
pub use catalogue::Catalogue;
pub use concerned::ConcernedAgents;
pub use emit::{emit, emit_to_topic, emit_to_topics};
pub use latest::{latest, latest_of_all};
pub use queries::{count_told, heard_after, last_heard, listed};
pub use queries::{recent, since};
pub(crate) use queries::{resumes_after, topics};
pub use spec::{BOTH, EventType, Field, NAMED, OWN, Relation, Spec, StreamType, TOPIC, View};
pub use store::{Follower, Latest, advance, followed, forget_job, latest_of_both, of_job};
pub(crate) use store::{NewEvent, swept, write};
pub use sweep::{sweep, sweep_audit};
pub use topic::Topic;
pub use view::{EventView, Viewer, view};

/// The most topics that a team follows, its own included.
pub const TOPICS_MAX: usize = 16;
/// The topic of what everybody may read.
pub const PUBLIC: &str = "public";

/// The topic of a team's audit log, or of one area of it. Its events are kept for [`Rules::audit_retention`](crate::Rules::audit_retention).
pub fn audit_topic(team: &TeamId, area: Option<&str>) -> String {
    area.map_or_else(|| format!("{AUDIT}{team}"), |area| format!("{AUDIT}{team}:{area}"))
}

/// The first letters of the topics of audit logs.
const AUDIT: &str = "audit:";

/// An event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// The number in commit order.
    pub seq: i64,
    /// The public id.
    pub id: EventId,
    /// The name, a noun and a verb: `job.approved`.
    #[serde(rename = "type")]
    pub name: String,
    /// The team whose event it is.
    pub team_id: TeamId,
    /// The id of the thing it is about.
    pub subject: String,
    /// The facts, as a JSON object in text.
    pub payload: String,
    /// When.
    pub at: Time,
    /// The other recipients: ids of teams and topics, separated by spaces.
    pub audience: String,
}

impl Event {
    /// Returns true if the team receives the event.
    pub fn is_for(&self, team: &TeamId) -> bool {
        self.team_id == *team || self.is_for_topic(team.as_str())
    }

    /// Lists the ids of the teams that it is told by name: its own, and those that it names.
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        let named = self.audience.split(' ').filter(|heard| heard.starts_with("team_"));
        std::iter::once(self.team_id.as_str()).chain(named)
    }

    /// Returns true if every team that follows this topic receives it.
    pub fn is_for_topic(&self, topic: &str) -> bool {
        self.audience.split(' ').any(|heard| heard == topic)
    }
}
