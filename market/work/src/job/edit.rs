//! Editing an open job: what it says and what it may cost, as long as nobody was chosen.

use super::actions::{arm, emit, posted_by};
use super::events::{BudgetHeld, Changed};
use super::{Draft, Escrow, Job, Posting, errors, store};
use crate::{application, escrow};
use identity::Actor;
use identity::mandate::Act;
use kernel::Result;
use kernel::id::JobId;
use platform::db::Tx;
use platform::event;

/// Returns an own job that a change is made of, locked, so that no other change comes between.
pub async fn to_edit(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    posted_by(tx, actor, id).await
}

/// Changes the title, summary, brief, category, budget and deadlines of an open job. Only its poster may. Those who applied are told; their
/// offers stand. The review settings have an act of their own, and the terms but for the skills stay. A held budget follows the new one.
pub async fn edit(tx: &mut Tx, actor: &Actor, id: &JobId, draft: &Draft) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    if !job.status.takes_edits() {
        return Err(errors::only_open_is_edited(job.status));
    }
    let posting = draft.check(tx.now, &tx.rules)?;
    job.applications_until = Some(posting.applications_until(job.created_at, tx.now));
    let Posting { title, summary, description, confidential, category, budget_min, budget_max, deadline, terms, .. } = posting;
    let is_held = job.escrow == Escrow::Held && budget_max != job.budget_max;
    if is_held {
        actor.must_have("wallet:write")?;
    }
    if draft.terms.skills.is_some() {
        job.terms.skills = terms.skills;
    }
    job.updated_at = tx.now;
    (job.title, job.summary, job.description, job.confidential) = (title, summary, description, confidential);
    job.category = category;
    (job.budget_min, job.budget_max, job.deadline) = (budget_min, budget_max, deadline);
    arm(tx, &mut job, None).await?;
    if !store::edit(tx, &mut job).await? {
        return Err(errors::job_moved());
    }
    store::write_skills(tx, &job).await?;
    let applicants = application::waiting_teams(tx, job.key).await?;
    let to: Vec<_> = std::iter::once(&job.team_id).chain(&applicants).collect();
    event::emit(tx, &to, job.id.as_str(), &Changed { offered: (&job).into() });
    if is_held {
        escrow::adjust(tx, actor, Act::Edit, &job, job.cost_at(job.budget_max).total()).await?;
        emit(tx, &job, &BudgetHeld::of(&job));
    } else if job.escrow == Escrow::Held {
        // Its category may be another one now.
        escrow::must_be_allowed(tx, actor, Act::Edit, &job).await?;
    }
    Ok(job)
}
