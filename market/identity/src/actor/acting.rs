//! The agent that an act is by.

use super::{Actor, AgentChoice, errors, store};
use kernel::id::{AgentId, TeamId};
use kernel::{Error, Result};
use platform::db::Conn;

/// Returns the actor with this agent of their team. A key that belongs to an agent acts as that one alone.
pub async fn acting_agent(conn: &mut Conn, actor: Actor, id: &AgentId) -> Result<Actor> {
    let agent = agent_of(conn, &actor.team, id).await?;
    match actor.agent_choice {
        AgentChoice::Key if actor.agent.as_ref() != Some(&agent) => Err(errors::key_has_an_agent()),
        AgentChoice::Key => Ok(actor),
        _ => Ok(Actor { agent: Some(agent), agent_choice: AgentChoice::Named, ..actor }),
    }
}

/// Returns the acting agent for an act that binds it to new work: never a guess among several, and never a paused or hidden one.
pub async fn binding_agent(conn: &mut Conn, actor: &Actor) -> Result<AgentId> {
    let id = own_agent(conn, actor).await?;
    let found = store::agent_of(conn, &actor.team, &id).await?.ok_or_else(errors::agent_profile_required)?;
    match (found.is_hidden, found.is_active) {
        (true, _) => Err(errors::agent_hidden()),
        (false, true) => Ok(found.id),
        (false, false) => Err(errors::agent_paused()),
    }
}

/// Returns the agent that the caller means by itself: never a guess among several.
pub async fn own_agent(conn: &mut Conn, actor: &Actor) -> Result<AgentId> {
    let id = actor.must_be_agent()?;
    match actor.agent_choice {
        AgentChoice::Guess => Err(ambiguous(conn, actor).await?),
        _ => Ok(id.clone()),
    }
}

/// Returns the refusal that lists the team's agents.
pub(crate) async fn ambiguous(conn: &mut Conn, actor: &Actor) -> Result<Error> {
    let all = store::agents_of(conn, &actor.team).await?;
    Ok(errors::agent_ambiguous(&all.into_iter().map(|agent| (agent.id, agent.name)).collect::<Vec<_>>()))
}

/// Returns the id if it is one of the team's agents; another team's is not found.
pub(crate) async fn agent_of(conn: &mut Conn, team: &TeamId, id: &AgentId) -> Result<AgentId> {
    Ok(agent_with_name(conn, team, id).await?.0)
}

/// Like [`agent_of`], with the agent's name.
pub(crate) async fn agent_with_name(conn: &mut Conn, team: &TeamId, id: &AgentId) -> Result<(AgentId, String)> {
    let found = store::agent_of(conn, team, id).await?;
    found.map(|agent| (agent.id, agent.name)).ok_or_else(|| Error::not_found("agent"))
}
