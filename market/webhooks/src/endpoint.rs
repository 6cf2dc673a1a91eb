//! Endpoints: the addresses to which a team has its events sent, each with the secret that signs what is sent.
//!
//! An endpoint hears no more than the credential of its maker did.

use crate::wire::{ALL_EVENTS, Dialect};
use kernel::id::{AgentId, EndpointId, TeamId};
use kernel::{Duration, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod config;
mod draft;
mod letter;
mod queries;
mod secret;
pub(crate) mod store;
pub use actions::{create, delete, rotate_secret, stop_all, update};
pub use config::{Config, Webhooks};
pub use draft::{Change, Draft, Hears};
pub(crate) use letter::tell_owners;
pub use queries::{event_names, find, list};
pub(crate) use queries::{must_cover, of_team};
pub(crate) use secret::open_all;

/// The most endpoints of a team.
pub const ENDPOINTS_MAX: i64 = 20;
/// The most characters of an endpoint's address.
pub const URL_MAX: usize = 2_048;
/// The most characters of an endpoint's description.
pub const DESCRIPTION_MAX: usize = 200;
/// The time for which a replaced secret still signs.
pub const OVERLAP: Duration = Duration::hours(24);

text_enum! {
    /// The status of an endpoint.
    Status {
        /// It is sent what it hears.
        Active = "active",
        /// It hears nothing, and what waits for it waits.
        Disabled = "disabled",
    }
}

text_enum! {
    /// The reason why an endpoint is disabled.
    DisabledReason {
        /// It answered 410.
        Gone = "gone",
        /// It failed for days.
        Failing = "failing",
        /// A member disabled it.
        ByHand = "by_hand",
    }
}

/// An endpoint without its secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Endpoint {
    /// Its id.
    pub id: EndpointId,
    /// The team whose events it hears.
    pub team_id: TeamId,
    /// The agent that it belongs to, if it belongs to one.
    pub agent_id: Option<AgentId>,
    /// The address.
    pub url: String,
    /// The team's own words about it.
    pub description: String,
    /// The names of the events that it wants, or `*`.
    #[serde(with = "words")]
    pub events: Vec<String>,
    /// The dialect of names and bodies.
    pub dialect: Dialect,
    /// The scopes that its maker had, of those that events need.
    #[serde(with = "words")]
    pub scopes: Vec<String>,
    /// The status.
    pub status: Status,
    /// The reason why it is disabled.
    pub disabled_reason: Option<DisabledReason>,
    /// The beginning of uninterrupted failure.
    pub failing_since: Option<Time>,
    /// The time until which the secret before the present one still signs.
    pub previous_until: Option<Time>,
    /// When it was made.
    pub created_at: Time,
    /// When it was last changed.
    pub updated_at: Time,
}

impl Endpoint {
    /// Returns the address without path and query, which may hold a password.
    pub fn origin(&self) -> String {
        self.url.split('/').take(3).collect::<Vec<_>>().join("/")
    }
}

/// Returns true if the wanted names include this one.
pub(crate) fn wants(events: &[String], name: &str) -> bool {
    events.iter().any(|wanted| wanted == ALL_EVENTS || wanted == name)
}

/// A new endpoint or a new secret, which can't be shown again.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Created {
    /// The endpoint.
    pub endpoint: Endpoint,
    /// The secret that signs its deliveries.
    pub secret: String,
}

impl std::fmt::Debug for Created {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Created").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// Serialises words as one text.
pub(crate) mod words {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(crate) fn serialize<S: Serializer>(words: &[String], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&words.join(" "))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
        Ok(String::deserialize(deserializer)?.split_whitespace().map(str::to_owned).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::wants;

    #[test]
    fn a_star_wants_every_event() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert!(wants(&words(&["*"]), "job.posted"));
        assert!(wants(&words(&["job.posted", "job.funded"]), "job.funded"));
        assert!(!wants(&words(&["job.posted"]), "job.funded"));
    }
}
