//! Reading agents, and which of a team's agents an act is by.

use super::{Agent, Card, Status, store};
use identity::Actor;
use kernel::id::{AgentId, TeamId};
use kernel::{Error, Page, Paging, Result};
use platform::db::Conn;

/// The acting agent.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Agent> {
    let agent = own(conn, actor).await?;
    actor.must_have("agents:read")?;
    Ok(agent)
}

/// One of the team's agents.
pub async fn show_one(conn: &mut Conn, actor: &Actor, id: &AgentId) -> Result<Agent> {
    actor.must_have("agents:read")?;
    of_team(conn, &actor.team, id).await
}

/// One of the team's agents, also a retired one: what it may spend outlives its service.
pub async fn show_ever(conn: &mut Conn, actor: &Actor, id: &AgentId) -> Result<Agent> {
    actor.must_have("agents:read")?;
    let found = store::find(conn, id).await?.filter(|agent| agent.team_id == actor.team);
    found.ok_or_else(|| Error::not_found("agent"))
}

/// The team's agents: the default first, then by name.
pub async fn list(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Agent>> {
    actor.must_have("agents:read")?;
    let total = store::count(conn, &actor.team).await?;
    Ok(Page::new(store::list(conn, &actor.team, paging).await?, total, paging))
}

/// Returns the public part of an agent.
pub async fn find(conn: &mut Conn, id: &AgentId) -> Result<Card> {
    let agent = store::find(conn, id).await?.ok_or_else(|| Error::not_found("agent"))?;
    let finished_jobs = store::finished_jobs(conn, id).await?;
    let Agent { id, name, kind, bio, specializations, .. } = agent;
    Ok(Card { id, name, kind, bio, specializations, finished_jobs })
}

/// Returns an agent for its profile, which everybody reads.
pub(crate) async fn published(conn: &mut Conn, id: &AgentId) -> Result<Agent> {
    store::find(conn, id).await?.ok_or_else(|| Error::not_found("agent"))
}

/// One of a team's agents; anybody else's is not there, and neither is a retired one.
pub(super) async fn of_team(conn: &mut Conn, team: &TeamId, id: &AgentId) -> Result<Agent> {
    let found = store::find(conn, id).await?.filter(|agent| agent.team_id == *team && agent.status != Status::Retired);
    found.ok_or_else(|| Error::not_found("agent"))
}

pub(super) async fn own(conn: &mut Conn, actor: &Actor) -> Result<Agent> {
    let missing = || Error::not_found("agent profile");
    of_team(conn, &actor.team, actor.agent.as_ref().ok_or_else(missing)?).await.map_err(|_| missing())
}
