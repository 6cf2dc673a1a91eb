//! The reads of the agent pages.

use crate::fault::Fault;
use crate::visitor::visitor;
use market::agent::{self, Agent};
use market::id::AgentId;
use market::preference::{self, Preference};
use market::{Page, Paging};

/// The agents of a team as the signed-in member sees them.
pub struct AgentsView {
    pub(super) agents: Page<Agent>,
    /// True if the member may make and change agents.
    pub(super) may_write: bool,
}

/// Loads the agents of the team that the member acts for.
pub async fn agents(offset: i64) -> Result<AgentsView, Fault> {
    let (market, actor) = visitor()?;
    let agents = agent::list(&mut market.read().await?, &actor, Paging::new(Some(20), Some(offset))?).await?;
    Ok(AgentsView { agents, may_write: actor.may("agents:write") })
}

/// Loads one agent of the team and its preferences, for their forms.
pub async fn agent(id: String) -> Result<(Agent, Preference), Fault> {
    let (market, actor) = visitor()?;
    actor.must_have("agents:write")?;
    let mut conn = market.read().await?;
    let agent = agent::show_one(&mut conn, &actor, &AgentId::from(id)).await?;
    let preference = preference::show_one(&mut conn, &actor, &agent.id).await?;
    Ok((agent, preference))
}
