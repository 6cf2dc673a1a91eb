//! The poster's acts on a delivery: approve, request a revision, reject.

use super::actions::{complete, emit, posted_by, save, save_with};
use super::events::{Approved, CalledOff, Rejected, RevisionRequested};
use super::{Approver, Job, Rejection, Status, Step, access_of, errors, store};
use crate::review::{self, Verdict};
use crate::{deliverable, dispute};
use identity::Actor;
use kernel::id::JobId;
use kernel::text::Check;
use kernel::{Duration, Error, Result};
use platform::db::Tx;

/// Approves the work; the worker is paid after the release delay. The poster is bound by it: see [`dispute::open`].
pub async fn approve(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    actor.must_have("wallet:write")?;
    let mut job = posted_by(tx, actor, id).await?;
    must_be_proofed(&job)?;
    approved(tx, &mut job, Approver::Poster).await?;
    Ok(job)
}

/// Approves the work without waiting for the proofers, or against their consensus. Proofers whose fee is held are paid.
pub async fn approve_anyway(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    actor.must_have("wallet:write")?;
    let mut job = posted_by(tx, actor, id).await?;
    approved(tx, &mut job, Approver::Poster).await?;
    Ok(job)
}

/// Fails unless the newest version of the work is the one that the caller read, and the round the one they judge; none is not asked
/// about. The job stays locked, so the answer holds for the act that follows in the same transaction.
pub async fn must_be_current(tx: &mut Tx, actor: &Actor, id: &JobId, version: Option<i64>, round: Option<i64>) -> Result<()> {
    if version.is_none() && round.is_none() {
        return Ok(());
    }
    store::lock(tx, id).await?;
    let access = access_of(tx, Some(actor), id).await?;
    let job = access.visible()?;
    if !access.may_read_work() {
        return Err(Error::not_found("job"));
    }
    let newest = deliverable::count(tx, job.key).await?;
    match (version, round) {
        (Some(read), _) if read != newest => Err(errors::newer_version(newest)),
        (_, Some(judged)) if judged != job.round() => Err(errors::newer_round(job.round())),
        _ => Ok(()),
    }
}

fn must_be_proofed(job: &Job) -> Result<()> {
    let refuse = |message| Err(errors::proof_required(&job.id, job.status, message));
    match (job.status, job.consensus()) {
        (Status::PendingProof, _) => refuse("This job asks for proofers, and none have judged the work yet. Accept and fund them first."),
        (Status::InReview, _) => refuse("The proofers have not reached a consensus yet. Wait for it."),
        (Status::RevisionRequested | Status::Rejected | Status::Disputed, Some(Verdict::Reject | Verdict::NeedsRevision)) => {
            refuse("The proofers did not approve this work.")
        }
        _ => Ok(()),
    }
}

/// Approves a job for the poster or the timer. Without a release delay it pays at once.
pub(crate) async fn approved(tx: &mut Tx, job: &mut Job, by: Approver) -> Result<()> {
    approve_until(tx, job, by, None).await
}

/// Approves a job; `left` is the time until the payment, if the job was approved before and a dispute came between.
pub(crate) async fn approve_until(tx: &mut Tx, job: &mut Job, by: Approver, left: Option<Duration>) -> Result<()> {
    let from = job.status;
    job.approved_by = Some(by);
    if by == Approver::Poster {
        overrule(job);
    }
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
        save_with(tx, job, from, left).await?;
        end_review(tx, job, from).await?;
        emit(tx, job, &Approved { job: (&*job).into(), by: by.as_str(), price: job.price, release_at: job.due_at });
        return Ok(());
    }
    job.step(Step::Complete)?;
    emit(tx, job, &Approved { job: (&*job).into(), by: by.as_str(), price: job.price, release_at: None });
    if is_judged(from) {
        // The applications for seats are locked before the ledger, as everywhere.
        review::free_unfunded(tx, job).await?;
    }
    complete(tx, job, from).await?;
    end_review(tx, job, from).await
}

/// Returns true if proofers have or seek seats in this status.
const fn is_judged(status: Status) -> bool {
    matches!(status, Status::PendingProof | Status::InReview)
}

/// Clears a consensus against which the poster decided, so that it decides nothing any more.
fn overrule(job: &mut Job) {
    if let Some(review) = job.review.as_mut().filter(|review| review.consensus != Some(Verdict::Approve)) {
        review.consensus = None;
    }
}

/// Settles a review that the approval ended early.
async fn end_review(tx: &mut Tx, job: &Job, from: Status) -> Result<()> {
    if is_judged(from) { review::close_early(tx, job).await } else { Ok(()) }
}

/// Requests a revision with a message of 10 to 5,000 characters, of a delivery or of work that the proofers have approved.
pub async fn request_revision(tx: &mut Tx, actor: &Actor, id: &JobId, message: &str) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    let mut check = Check::new();
    let message = check.prose("message", message, 10..=5_000);
    check.done()?;
    let from = job.step(Step::RequestRevision)?;
    let most = job.terms.revisions_most(&tx.rules);
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

/// Calls a job off while its worker works, with a reason of 10 to 2,000 characters. The money stays held, and the poster is refunded later
/// unless the worker opens a dispute: work that was not handed in yet is work, too, so the worker can still hand it in then. Work that the proofers have approved can't be called off.
pub async fn call_off(tx: &mut Tx, actor: &Actor, id: &JobId, why: &str) -> Result<Job> {
    actor.must_have("wallet:write")?;
    let mut job = posted_by(tx, actor, id).await?;
    let mut check = Check::new();
    let why = check.prose("reason", why, 10..=2_000);
    check.done()?;
    if job.consensus() == Some(Verdict::Approve) {
        return Err(errors::cannot_be_cancelled(&job.id, job.status));
    }
    let from = job.step(Step::CallOff)?;
    // The poster's word is the last one now, not the proofers' that asked for a revision.
    overrule(&mut job);
    job.reason = Some(why);
    save(tx, &mut job, from).await?;
    emit(tx, &job, &CalledOff { job: (&job).into(), reason: job.reason.as_deref().unwrap_or_default() });
    Ok(job)
}
