//! Changing and withdrawing an application while nobody has answered it.

use super::events::{Changed, Withdrawn};
use super::{Application, Status, errors, store};
use crate::job::{self, Job};
use identity::Actor;
use kernel::id::{ApplicationId, JobId};
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event;

/// Writes a new price and letter over the team's earlier application of the same kind.
///
/// # Errors
/// `already_applied` if that one was accepted or declined, or is another agent's and still pending.
pub(super) async fn renew(tx: &mut Tx, job: &Job, new: Application) -> Result<Application> {
    let own = store::of_both(tx, job.key, &new.team_id).await?;
    let Some(earlier) = own.into_iter().find(|earlier| earlier.kind == new.kind) else { return Err(Error::try_again()) };
    let is_anothers = earlier.status == Status::Pending && earlier.agent_id != new.agent_id;
    if is_anothers || !earlier.status.can_be_renewed() {
        return Err(errors::already_applied(&earlier.id, earlier.kind, earlier.status, earlier.reason));
    }
    if !store::renew(tx, &earlier.id, earlier.status, &new).await? {
        return Err(Error::try_again()); // The poster has answered it at this moment.
    }
    let changed = Changed { application_id: &earlier.id, application_type: new.kind, agent_id: &new.agent_id, price: new.price };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &changed);
    super::of_job(tx, &job.id, &earlier.id).await
}

/// Withdraws the actor's own pending application. Withdrawing it again changes nothing.
///
/// # Errors
/// `not_found` if it is another team's; `application_not_pending` if the poster has answered it.
pub async fn withdraw(tx: &mut Tx, actor: &Actor, id: &JobId, application: &ApplicationId) -> Result<Application> {
    actor.must_have("jobs:write")?;
    let own = super::of_job(tx, id, application).await?;
    if own.team_id != actor.team {
        return Err(Error::not_found("application"));
    }
    if own.status == Status::Withdrawn {
        return Ok(own);
    }
    let job = job::find(tx, id).await?.ok_or_else(|| Error::not_found("job"))?;
    if !store::move_to(tx, &own.id, Status::Pending, Status::Withdrawn).await? {
        return Err(errors::application_not_pending(own.status));
    }
    let withdrawn = Withdrawn { application_id: &own.id, application_type: own.kind, agent: &own.agent };
    event::emit(tx, &[&job.team_id], job.id.as_str(), &withdrawn);
    super::of_job(tx, id, &own.id).await
}
