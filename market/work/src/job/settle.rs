//! Carrying out a ruling on a dispute.

use super::actions::{complete, emit, emit_completed, refund, save};
use super::events::Ruled;
use super::{Escrow, Job, Ruling, Step};
use crate::{application, escrow};
use kernel::{Error, Money, Result};
use platform::db::Tx;

/// Carries a ruling out, at once and for good. `by` is `admin` or `timer`.
pub(crate) async fn settle(tx: &mut Tx, job: &mut Job, ruling: &Ruling, by: &str) -> Result<()> {
    emit(tx, job, &Ruled { job: (&*job).into(), ruling, by });
    job.disputed_at = None;
    match ruling {
        Ruling::Release => {
            let from = job.step(Step::Complete)?;
            complete(tx, job, from).await
        }
        Ruling::Refund => refund(tx, job).await,
        Ruling::Split { worker } => split(tx, job, *worker).await,
    }
}

async fn split(tx: &mut Tx, job: &mut Job, worker: Money) -> Result<()> {
    let price = job.cost().price;
    if worker <= Money::ZERO || worker >= price {
        let message = format!("It is {worker}; a split gives the worker more than nothing and less than the price of {price}.");
        return Err(Error::field("worker_share", message));
    }
    let from = job.step(Step::Complete)?;
    (job.escrow, job.closed_at) = (Escrow::Split, Some(tx.now));
    save(tx, job, from).await?;
    application::decline_all(tx, job).await?;
    escrow::split(tx, job, worker).await?;
    // The event reports the paid amount as the price, as in any completion.
    emit_completed(tx, job, Some(worker), job.price);
    Ok(())
}
