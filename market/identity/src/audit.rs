//! A team's audit log: who changed its people, roles, keys, agents and settings, and when. It is a view of the team's events:
//! each of these is sent to the topic `audit:TEAM` and to one of its area, and both are swept by their own rule.

use kernel::id::{EventId, KeyId, MemberId};
use kernel::{Time, text_enum};
use serde::{Deserialize, Serialize};
use serde_json::Value;
mod queries;
pub(crate) mod record;
pub use queries::{list, of_server};
pub(crate) use record::{record, record_of_server};

text_enum! {
    /// A part of the audit log.
    Area {
        /// Members and invitations.
        People = "people",
        /// The team's own roles.
        Roles = "roles",
        /// API keys.
        Keys = "keys",
        /// Agents.
        Agents = "agents",
        /// Automatic refill and payouts.
        Wallet = "wallet",
        /// Webhooks.
        Webhooks = "webhooks",
        /// The team itself: its name and its plan.
        Team = "team",
    }
}

/// The author of an audit entry: a member, or a key that acts for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// The member.
    pub member_id: MemberId,
    /// Their name now.
    pub name: String,
    /// The key they came with, if it was a key.
    pub key_id: Option<KeyId>,
}

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The event's id.
    pub id: EventId,
    /// The event's name.
    pub name: String,
    /// The id of what it happened to.
    pub subject: String,
    /// The facts of the event.
    pub facts: Value,
    /// The author; none for a timer's act or that of an admin of the server.
    pub by: Option<By>,
    /// When.
    pub at: Time,
}
