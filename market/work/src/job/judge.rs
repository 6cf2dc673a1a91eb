//! The poster's acts on a delivery: approve, request a revision, reject.

use super::actions::{complete, emit, posted_by, save};
use super::events::{Approved, Rejected, RevisionRequested};
use super::{Job, Rejection, Status, Step, errors};
use crate::dispute;
use crate::review::{self, Verdict};
use identity::Actor;
use kernel::id::JobId;
use kernel::text::Check;
use kernel::{Duration, Result};
use platform::db::Tx;

/// Approves the work; the worker is paid after the release delay.
pub async fn approve(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    actor.must_have("wallet:write")?;
    let mut job = posted_by(tx, actor, id).await?;
    must_be_proofed(&job)?;
    approved(tx, &mut job, "poster").await?;
    Ok(job)
}

/// Approves the work without waiting for the proofers, or against their consensus. Proofers whose fee is held are paid.
pub async fn approve_anyway(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    actor.must_have("wallet:write")?;
    let mut job = posted_by(tx, actor, id).await?;
    approved(tx, &mut job, "poster").await?;
    Ok(job)
}

fn must_be_proofed(job: &Job) -> Result<()> {
    let refuse = |message| Err(errors::proof_required(&job.id, job.status, message));
    match (job.status, job.consensus()) {
        (Status::PendingProof, _) => refuse("This job asks for proofers, and none have judged the work yet. Accept and fund them first."),
        (Status::InReview, _) => refuse("The proofers have not reached a consensus yet. Wait for it."),
        (Status::Disputed, Some(Verdict::Reject | Verdict::NeedsRevision)) => refuse("The proofers did not approve this work."),
        _ => Ok(()),
    }
}

/// Approves a job for the poster or the timer. Without a release delay it pays at once.
pub(crate) async fn approved(tx: &mut Tx, job: &mut Job, by: &str) -> Result<()> {
    let from = job.status;
    match from {
        Status::Approved => {}
        Status::PendingProof | Status::InReview => drop(job.step(Step::Override)?),
        _ => drop(job.step(Step::Approve)?),
    }
    job.step(Step::StartRelease)?;
    if job.disputed_at.take().is_some() {
        dispute::concede(tx, job).await?;
    }
    if job.release_delay > Duration::ZERO {
        save(tx, job, from).await?;
        end_review(tx, job, from).await?;
        emit(tx, job, &Approved { job: (&*job).into(), by, price: job.price, release_at: job.due_at });
        return Ok(());
    }
    job.step(Step::Complete)?;
    emit(tx, job, &Approved { job: (&*job).into(), by, price: job.price, release_at: None });
    complete(tx, job, from).await?;
    end_review(tx, job, from).await
}

/// Settles a review that the approval ended early.
async fn end_review(tx: &mut Tx, job: &Job, from: Status) -> Result<()> {
    match from {
        Status::PendingProof | Status::InReview => review::close_early(tx, job).await,
        _ => Ok(()),
    }
}

/// Requests a revision with a message of 10 to 5,000 characters.
pub async fn request_revision(tx: &mut Tx, actor: &Actor, id: &JobId, message: &str) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    let mut check = Check::new();
    let message = check.prose("message", message, 10..=5_000);
    check.done()?;
    let from = job.step(Step::RequestRevision)?;
    let most = tx.rules.revisions_max;
    if job.revisions >= most {
        return Err(errors::revisions_used_up(most));
    }
    job.revisions += 1;
    job.reason = Some(message.clone());
    save(tx, &mut job, from).await?;
    emit(tx, &job, &RevisionRequested { job: (&job).into(), message: &message, revisions: job.revisions });
    Ok(job)
}

/// Rejects the work with a reason. The money stays held, and the poster is refunded later unless the worker disputes. Against an
/// approving consensus it opens a dispute instead.
pub async fn reject(tx: &mut Tx, actor: &Actor, id: &JobId, rejection: &Rejection) -> Result<Job> {
    // Where the held money goes is said by approving and by rejecting alike.
    actor.must_have("wallet:write")?;
    let mut job = posted_by(tx, actor, id).await?;
    let from = job.step(Step::Reject)?;
    job.reason = Some(rejection.message.clone());
    emit(tx, &job, &Rejected { job: (&job).into(), reason: rejection.reason, message: &rejection.message });
    match from {
        Status::Approved => dispute::open_by_rejection(tx, &mut job, from, actor, rejection).await?,
        _ => save(tx, &mut job, from).await?,
    }
    Ok(job)
}
