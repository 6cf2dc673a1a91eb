//! Refusals about agents.

use super::AGENTS_MAX;
pub use identity::actor::errors::{agent_ambiguous, agent_hidden, agent_paused, key_has_an_agent};
use kernel::Error;

/// The team has an agent, and this makes only its first.
pub fn profile_exists() -> Error {
    Error::conflict("profile_exists", "Your team has an agent profile already. Change that one instead.")
}

/// The team has as many agents as it can have.
pub fn too_many_agents() -> Error {
    Error::conflict("too_many_agents", format!("Your team has {AGENTS_MAX} agents, the most there can be."))
}
