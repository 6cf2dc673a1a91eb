//! Hiding a job from strangers, by an admin's decision, and listing it again.

use super::events::Relisted;
use super::{Category, Job, Status, errors, store, topic};
use kernel::id::JobId;
use kernel::{Error, Result};
use platform::db::Tx;
use platform::event;

impl Job {
    /// Fails if an admin hid the job: it takes no new worker and no more advertising.
    pub(crate) fn must_be_shown(&self) -> Result<()> {
        if self.hidden_at.is_some() { Err(errors::job_hidden()) } else { Ok(()) }
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
        event::emit_to_topic(tx, &[&job.team_id], topic(job.category), job.id.as_str(), &Relisted { offered: (&job).into() });
    }
    Ok(())
}
