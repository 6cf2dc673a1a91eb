//! The money of a job: held once, then released or refunded once. Only this module posts entries for jobs.

use crate::db::Tx;
use crate::id::TeamId;
use crate::job::Job;
use crate::ledger::{self, Account, Entry};
use crate::{Error, Money, Result};

/// Takes the price and the fee from the poster's wallet.
pub(crate) async fn hold(tx: &mut Tx, job: &Job) -> Result<()> {
    ledger::post(tx, &Entry::hold(&job.id, &job.team_id, job.cost())).await
}

/// Pays the worker the price and the operator the fee.
pub(crate) async fn release(tx: &mut Tx, job: &Job) -> Result<()> {
    let (Some(price), Some(worker)) = (job.price, job.worker_team_id.as_ref()) else {
        tracing::error!(job = %job.id, "a job without worker or price reached its release");
        return Err(Error::internal());
    };
    ledger::post(tx, &Entry::release(&job.id, worker, price, job.fee(price))).await
}

/// Pays the worker a part, the operator the fee on that part, and gives the poster the rest back.
pub(crate) async fn split(tx: &mut Tx, job: &Job, share: Money) -> Result<()> {
    let Some(worker) = &job.worker_team_id else { return Err(Error::internal()) };
    let held = ledger::balance(tx, &Account::escrow(&job.id)).await?;
    ledger::post(tx, &Entry::split(&job.id, worker, &job.team_id, (share, job.fee(share)), held)).await
}

/// Refunds everything that is held to the poster.
pub(crate) async fn refund(tx: &mut Tx, job: &Job) -> Result<()> {
    let held = ledger::balance(tx, &Account::escrow(&job.id)).await?;
    ledger::post(tx, &Entry::refund(&job.id, &job.team_id, held)).await
}

/// Holds the proofers' fees of a round, or of refilled seats, from the poster's wallet.
pub(crate) async fn hold_proof(tx: &mut Tx, job: &Job, fees: Money) -> Result<()> {
    post_proof(tx, Entry::hold_proof(&job.id, &moment(job), &job.team_id, fees)).await
}

/// Pays proofers.
pub(crate) async fn pay_proofs(tx: &mut Tx, job: &Job, proofers: &[(&TeamId, Money)]) -> Result<()> {
    post_proof(tx, Entry::pay_proofs(&job.id, &moment(job), proofers)).await
}

/// Refunds the fees of freed seats to the poster.
pub(crate) async fn refund_proof(tx: &mut Tx, job: &Job, fees: Money) -> Result<()> {
    post_proof(tx, Entry::refund_proof(&job.id, &moment(job), &job.team_id, fees)).await
}

/// Pays the operator for a featured job. The entry's id contains the job's version, so each purchase is paid once.
pub(crate) async fn feature(tx: &mut Tx, job: &Job, price: Money) -> Result<()> {
    if price == Money::ZERO {
        return Ok(());
    }
    ledger::post(tx, &Entry::feature(&job.id, job.version, &job.team_id, price)).await
}

/// Posts an entry unless it moves nothing.
async fn post_proof(tx: &mut Tx, entry: Entry) -> Result<()> {
    if entry.legs.is_empty() { Ok(()) } else { ledger::post(tx, &entry).await }
}

/// Returns the round and version for an entry's id: each change of a job settles seats at most once.
fn moment(job: &Job) -> String {
    format!("{}.{}", job.round, job.version)
}
