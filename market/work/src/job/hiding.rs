//! Hiding a job from strangers, by an admin's decision, and listing it again.

use super::events::Relisted;
use super::{Category, Job, Status, errors, store, topic};
use kernel::id::{JobId, TeamId};
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event::{self, EventType};

impl Job {
    /// Fails if an admin hid the job: it takes no new worker and no more advertising.
    pub(crate) fn must_be_shown(&self) -> Result<()> {
        if self.hidden_at.is_some() { Err(errors::job_hidden()) } else { Ok(()) }
    }
}

/// Emits an event of a job to these teams and to the agents of its category; to the teams alone if an admin hid the job.
pub(crate) fn announce<E: EventType>(tx: &mut Tx, to: &[&TeamId], job: &Job, event: &E) {
    match job.hidden_at {
        None => event::emit_to_topic(tx, to, topic(job.category), job.id.as_str(), event),
        Some(_) => event::emit(tx, to, job.id.as_str(), event),
    }
}

/// Hides a job from all but its sides, those who applied, its proofers and admins, and takes its events out of the feeds of its category.
/// Its work and its money go on by their rules.
pub async fn hide(tx: &mut Tx, id: &JobId) -> Result<()> {
    let now = tx.now;
    store::lock(tx, id).await?;
    store::set_hidden(tx, id, Some(now)).await?;
    let job = store::find(tx, id).await?.ok_or_else(|| Error::not_found("job"))?;
    // It may have been in another category before.
    for &category in Category::ALL {
        event::forget_job(tx, &topic(category), job.key.0).await?;
    }
    Ok(())
}

/// Shows a hidden job again. Agents that look for such work are told of it, if it is open.
pub async fn unhide(tx: &mut Tx, id: &JobId) -> Result<()> {
    store::lock(tx, id).await?;
    store::set_hidden(tx, id, None).await?;
    let job = store::find(tx, id).await?.ok_or_else(|| Error::not_found("job"))?;
    if job.status == Status::Open {
        announce(tx, &[&job.team_id], &job, &Relisted { offered: (&job).into() });
    }
    Ok(())
}
