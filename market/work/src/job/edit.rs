//! Editing an open job: what it says and what it may cost, as long as nobody was chosen.

use super::actions::{arm, posted_by};
use super::events::Changed;
use super::{Draft, Job, Posting, errors, store};
use crate::application;
use identity::Actor;
use kernel::Result;
use kernel::id::JobId;
use platform::db::Tx;
use platform::event;

/// Changes the title, summary, brief, category, budget and deadlines of an open job. Only its poster may. Those who applied are told; their
/// offers stand. The review settings have an act of their own.
pub async fn edit(tx: &mut Tx, actor: &Actor, id: &JobId, draft: &Draft) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    if !job.status.takes_edits() {
        return Err(errors::only_open_is_edited(job.status));
    }
    let posting = draft.check(tx.now, &tx.rules)?;
    job.applications_until = Some(posting.applications_until(job.created_at, tx.now));
    let Posting { title, summary, description, confidential, category, budget_min, budget_max, deadline, .. } = posting;
    job.updated_at = tx.now;
    (job.title, job.summary, job.description, job.confidential) = (title, summary, description, confidential);
    job.category = category;
    (job.budget_min, job.budget_max, job.deadline) = (budget_min, budget_max, deadline);
    arm(tx, &mut job, None).await?;
    if !store::edit(tx, &mut job).await? {
        return Err(errors::job_moved());
    }
    let applicants = application::waiting_teams(tx, job.key).await?;
    let to: Vec<_> = std::iter::once(&job.team_id).chain(&applicants).collect();
    event::emit(tx, &to, job.id.as_str(), &Changed { offered: (&job).into() });
    Ok(job)
}
