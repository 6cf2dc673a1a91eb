//! What the poster says to a delivery: good, again, or no.

use super::commands::{close, posted_by, save, tell};
use super::{Job, Rejection, Step};
use crate::db::Tx;
use crate::id::JobId;
use crate::text::Check;
use crate::{Actor, Error, Result, Span};
use serde_json::json;

/// Finds the work good; the payment starts its cooldown and the worker is paid when that ends.
pub async fn approve(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    approved(tx, &mut job, "poster").await?;
    Ok(job)
}

/// Approval, by whoever's word or silence. Without a cooldown it pays at once.
pub(super) async fn approved(tx: &mut Tx, job: &mut Job, by: &str) -> Result<()> {
    let from = job.step(Step::Approve)?;
    job.step(Step::StartRelease)?;
    if job.release_delay > Span::ZERO {
        save(tx, job, from).await?;
        return tell(tx, job, "job.approved", json!({ "by": by, "price": job.price, "release_at": job.due_at })).await;
    }
    job.step(Step::Complete)?;
    tell(tx, job, "job.approved", json!({ "by": by, "price": job.price })).await?;
    close(tx, job, from, "job.completed").await
}

/// Sends the work back with what should change, 10 to 5,000 characters.
pub async fn request_revision(tx: &mut Tx, actor: &Actor, id: &JobId, message: &str) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    let mut check = Check::new();
    let message = check.prose("message", message, 10..=5_000);
    check.done()?;
    let from = job.step(Step::RequestRevision)?;
    let most = tx.terms.revisions_most;
    if job.revisions >= most {
        return Err(Error::conflict(
            "revisions_used_up",
            format!("All {most} revisions of this job are used. Approve the work or reject it with a reason."),
        ));
    }
    job.revisions += 1;
    job.reason = Some(message.clone());
    save(tx, &mut job, from).await?;
    tell(tx, &job, "job.revision_requested", json!({ "message": message, "revisions": job.revisions })).await?;
    Ok(job)
}

/// Refuses the work with a reason. The money stays held; if nothing else happens, the poster is refunded later.
pub async fn reject(tx: &mut Tx, actor: &Actor, id: &JobId, rejection: &Rejection) -> Result<Job> {
    let mut job = posted_by(tx, actor, id).await?;
    let from = job.step(Step::Reject)?;
    job.reason = Some(rejection.message.clone());
    save(tx, &mut job, from).await?;
    tell(tx, &job, "job.rejected", json!({ "reason": rejection.reason, "message": rejection.message })).await?;
    Ok(job)
}
