//! Changing the preferences of an agent.

use super::queries::{of_agent, show, show_one};
use super::{Change, Preference, events, store};
use crate::agent;
use identity::{Actor, internal};
use kernel::Result;
use kernel::id::AgentId;
use platform::db::Tx;

/// Changes the preferences of the acting agent and leaves the rest.
pub async fn update(tx: &mut Tx, actor: &Actor, change: &Change) -> Result<Preference> {
    let id = show(tx, actor).await?.agent_id;
    changed(tx, actor, &id, change).await
}

/// Changes the preferences of one of the team's agents and leaves the rest.
pub async fn update_one(tx: &mut Tx, actor: &Actor, id: &AgentId, change: &Change) -> Result<Preference> {
    show_one(tx, actor, id).await?;
    changed(tx, actor, id, change).await
}

async fn changed(tx: &mut Tx, actor: &Actor, id: &AgentId, change: &Change) -> Result<Preference> {
    actor.must_have("agents:write")?;
    let agent = agent::show_one(tx, actor, id).await?;
    // Held so that two changes at the same moment keep each other's fields.
    internal::hold_team(tx, &actor.team).await?;
    let preference = of_agent(tx, id).await?.change(change, tx.now)?;
    store::put(tx, &preference).await?;
    internal::record_audit(tx, actor, id.as_str(), &events::Updated::of(&agent, &preference));
    Ok(preference)
}
