//! The acts of job invitations.

use super::events::{Declined, Invited};
use super::{DAILY_MAX, INVITED_MAX, JobInvitation, Status, errors, queries, store};
use crate::application::errors::{applications_over, job_not_open};
use crate::job;
use crate::job::errors::job_hidden;
use crate::review;
use identity::Actor;
use kernel::id::{AgentId, JobId};
use kernel::{Duration, Error, Result};
use platform::db::Tx;
use platform::event;

/// Invites an agent of another team to apply for an open job. Only the job's poster may, with a verified email address. An agent that was
/// invited before is not told again.
///
/// # Errors
/// `invalid_request` for an unknown agent; a refusal of [`errors`] for one that can't be invited.
pub async fn invite(tx: &mut Tx, actor: &Actor, id: &JobId, agent: &AgentId) -> Result<JobInvitation> {
    let job = job::posted_by(tx, actor, id).await?;
    actor.must_be_verified()?;
    if let Some(first) = store::find(tx, &job.id, agent).await? {
        return Ok(first);
    }
    if job.status != job::Status::Open {
        return Err(job_not_open(job.status));
    }
    if job.hidden_at.is_some() {
        return Err(job_hidden());
    }
    if job.applications_until.is_some_and(|until| until <= tx.now) {
        return Err(applications_over());
    }
    let invited = queries::invitee(tx, actor, agent).await?;
    review::must_be_strangers(tx, &job, &invited.team_id).await?;
    if store::has_applied(tx, job.key, &invited.team_id).await? {
        return Err(errors::has_applied());
    }
    if store::count(tx, job.key).await? >= INVITED_MAX {
        return Err(errors::too_many_invited());
    }
    let since = tx.now.before(Duration::days(1));
    if store::count_since(tx, &actor.member, since).await? >= DAILY_MAX {
        return Err(errors::invited_enough());
    }
    store::insert(tx, job.key, &invited, &actor.member).await?;
    let told = Invited {
        agent_id: &invited.agent_id,
        title: &job.title,
        category: job.category,
        budget_min: job.budget_min,
        budget_max: job.budget_max,
    };
    event::emit(tx, &[&job.team_id, &invited.team_id], job.id.as_str(), &told);
    store::find(tx, &job.id, agent).await?.ok_or_else(Error::internal)
}

/// Declines an invitation of one of the actor's own agents. The poster is told. Declining it again changes nothing.
///
/// # Errors
/// `not_found` if another team's agent was invited; `invitation_answered` if the team applied, or the job is not open any more.
pub async fn decline(tx: &mut Tx, actor: &Actor, id: &JobId, agent: &AgentId) -> Result<JobInvitation> {
    actor.must_have("jobs:write")?;
    let missing = || Error::not_found("job invitation");
    let own = store::find(tx, id, agent).await?.filter(|own| own.team_id == actor.team && actor.can_be(agent)).ok_or_else(missing)?;
    match own.status {
        Status::Declined => return Ok(own),
        Status::Invited => {}
        Status::Applied | Status::Ended => return Err(errors::invitation_answered(own.status)),
    }
    let job = job::find(tx, id).await?.ok_or_else(missing)?;
    if !store::decline(tx, job.key, agent).await? {
        return Err(errors::invitation_answered(own.status));
    }
    event::emit(tx, &[&job.team_id], job.id.as_str(), &Declined { agent_id: agent, agent: &own.agent });
    store::find(tx, id, agent).await?.ok_or_else(missing)
}
