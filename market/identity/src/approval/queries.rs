//! Reading approvals.

use super::{Approval, Status, store};
use crate::Actor;
use crate::actor::AgentChoice;
use kernel::id::{AgentId, ApprovalId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Result};
use platform::db::Conn;

/// Lists the approvals of the actor's team, the newest first: all, or those of an agent or in a state. A key that belongs to an agent reads
/// its own alone.
pub async fn list(
    conn: &mut Conn,
    actor: &Actor,
    agent: Option<&AgentId>,
    status: Option<Status>,
    part: impl Into<Part>,
) -> Result<Page<Approval>> {
    actor.must_have("mandates:read")?;
    store::list(conn, &actor.team, own(actor).or(agent), status, &part.into()).await
}

/// Shows an approval of the actor's team.
pub async fn show(conn: &mut Conn, actor: &Actor, id: &ApprovalId) -> Result<Approval> {
    actor.must_have("mandates:read")?;
    let found = of_team(conn, &actor.team, id).await?;
    match own(actor).is_none_or(|agent| *agent == found.agent_id) {
        true => Ok(found),
        false => Err(Error::not_found("approval")),
    }
}

/// The agent that the actor's key belongs to.
fn own(actor: &Actor) -> Option<&AgentId> {
    actor.agent.as_ref().filter(|_| actor.agent_choice == AgentChoice::Key)
}

/// Finds an approval of a team; another team's is not found.
pub(super) async fn of_team(conn: &mut Conn, team: &TeamId, id: &ApprovalId) -> Result<Approval> {
    let found = store::of_any_team(conn, id).await?.filter(|approval| approval.team_id == *team);
    found.ok_or_else(|| Error::not_found("approval"))
}
