//! Ends that the poster of a job decides without naming the way: by its status the job is cancelled, called off or rejected.

use super::actions::{cancel, posted_by};
use super::judge::{call_off, reject};
use super::{Job, Reason, Rejection, Status, Step, errors};
use identity::Actor;
use kernel::Result;
use kernel::id::JobId;
use platform::db::Tx;

/// Ends a job. Before the work begins it is cancelled; while the worker works it is called off, and work that was handed in is rejected: the
/// money goes back then when the worker's time to open a dispute is over. `why` needs 10 characters once there is a worker.
///
/// # Errors
/// `cannot_be_cancelled` while reviewers judge, and once the work is approved.
pub async fn end(tx: &mut Tx, actor: &Actor, id: &JobId, why: &str) -> Result<Job> {
    let job = posted_by(tx, actor, id).await?;
    match job.status {
        Status::Open | Status::PendingEscrow => cancel(tx, actor, id, Some(why)).await,
        Status::InProgress | Status::RevisionRequested => call_off(tx, actor, id, why).await,
        Status::Delivered => {
            let rejection = Rejection::new(Reason::Other.as_str(), why).map_err(|error| error.renamed("message", "reason"))?;
            reject(tx, actor, id, &rejection).await
        }
        Status::PendingProof | Status::InReview | Status::Approved | Status::Releasing | Status::Completed => {
            Err(errors::cannot_be_cancelled(&job.id, job.status))
        }
        Status::Rejected | Status::Disputed | Status::Cancelled | Status::Expired => Err(errors::wrong_status(job.status, Step::Cancel)),
    }
}

/// Takes down a job for which nobody was chosen, and returns what it holds.
///
/// # Errors
/// `wrong_status` once an application is accepted.
pub async fn take_down(tx: &mut Tx, actor: &Actor, id: &JobId) -> Result<Job> {
    let job = posted_by(tx, actor, id).await?;
    match job.status {
        Status::Open => cancel(tx, actor, id, None).await,
        other => Err(errors::wrong_status(other, Step::Cancel)),
    }
}
