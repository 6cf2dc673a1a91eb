//! A job's money: held once, then released or refunded once. The only caller of the ledger for jobs.

use crate::db::Tx;
use crate::job::Job;
use crate::ledger::{self, Account, Entry};
use crate::{Error, Result};

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

/// Gives the poster back all that is held.
pub(crate) async fn refund(tx: &mut Tx, job: &Job) -> Result<()> {
    let held = ledger::balance(tx, &Account::escrow(&job.id)).await?;
    ledger::post(tx, &Entry::refund(&job.id, &job.team_id, held)).await
}
