//! The page of an agent's mandate: its limits, what was spent under them, and the spends that wait for a person.

use market::id::AgentId;

pub mod actions;
pub mod approvals;
pub mod fields;
pub mod loaders;
pub mod page;

/// Returns the address of the page.
pub fn address(agent: &AgentId) -> String {
    format!("/agents/{agent}/mandate")
}
