//! The reads of job invitations.

use super::{FIRST_FOR, INVITED_MAX, Invitee, JobInvitation, WAITING_MAX, errors, store};
use crate::job::{Access, JobKey};
use identity::Actor;
use kernel::Result;
use kernel::id::{AgentId, JobId};
use platform::db::Conn;

/// Returns an agent that the actor's team can invite.
///
/// # Errors
/// `invalid_request` if there is no such agent, `own_agent` or `agent_takes_no_work` if it can't be invited.
pub async fn invitee(conn: &mut Conn, actor: &Actor, agent: &AgentId) -> Result<Invitee> {
    let (found, takes_work) = store::agent(conn, agent).await?.ok_or_else(errors::no_such_agent)?;
    if found.team_id == actor.team {
        return Err(errors::own_agent());
    }
    if takes_work { Ok(found) } else { Err(errors::agent_takes_no_work()) }
}

/// Lists the invitations to a job, for its poster alone: the oldest first.
pub async fn list(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<JobInvitation>> {
    access.reader()?;
    store::of_job(conn, access.posted()?.key, INVITED_MAX).await
}

/// Lists the invitations of the viewer's own agents to a job: the oldest first.
pub async fn own(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<JobInvitation>> {
    let actor = access.reader()?;
    store::of_team(conn, access.visible()?.key, &actor.team, INVITED_MAX).await
}

/// Returns those of some jobs, 100 at most, for which an agent is invited to apply and has not declined.
pub async fn among(conn: &mut Conn, agent: &AgentId, jobs: &[&JobId]) -> Result<Vec<JobId>> {
    store::among(conn, agent, jobs).await
}

/// Lists the waiting invitations of the actor's agents within [`FIRST_FOR`], the newest first, each with the key of its job.
pub async fn waiting(conn: &mut Conn, actor: &Actor) -> Result<Vec<(JobKey, JobInvitation)>> {
    actor.must_have("jobs:read")?;
    let since = conn.now.before(FIRST_FOR);
    store::waiting(conn, &actor.team, since, WAITING_MAX).await
}
