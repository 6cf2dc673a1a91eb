//! The acts on a deposit that nobody outside has to be asked for: the sandbox's payment, a payer's cancellation, and the end of its time.

use super::{Deposit, Status, Step, errors, settle, show};
use crate::payment;
use kernel::Result;
use kernel::id::DepositId;
use platform::db::Tx;
use platform::registry::Boxed;
use platform::timer::{Handler, Timer};

/// The kind of the timer that ends a deposit that nobody paid.
pub(super) const EXPIRE: &str = "deposit.expire";
/// The timers of deposits.
pub const TIMERS: &[(&str, Handler)] = &[(EXPIRE, expire)];

pub(super) fn timer_of(id: &DepositId) -> String {
    format!("deposit:{id}")
}

/// Pays a checkout of the sandbox with test money. Paying again changes nothing.
pub async fn pay(tx: &mut Tx, id: &DepositId) -> Result<Deposit> {
    end(tx, id, Step::Pay, Status::Paid).await
}

/// Cancels a checkout of the sandbox. Cancelling it again changes nothing.
pub async fn cancel(tx: &mut Tx, id: &DepositId) -> Result<Deposit> {
    end(tx, id, Step::Cancel, Status::Cancelled).await
}

async fn end(tx: &mut Tx, id: &DepositId, step: Step, status: Status) -> Result<Deposit> {
    let deposit = show(tx, id).await?;
    if !tx.rules.sandbox || deposit.provider != payment::SANDBOX {
        return Err(kernel::Error::not_found("checkout"));
    }
    if deposit.status == status {
        return Ok(deposit);
    }
    if deposit.status != Status::Open {
        return Err(errors::checkout_closed(deposit.status));
    }
    settle::advance(tx, deposit, step).await
}

/// Ends a deposit that was not paid in time. Only its timer calls this. A payment that arrives later still counts.
fn expire<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(async move {
        let deposit = show(tx, &DepositId::from(timer.subject.as_str())).await?;
        settle::advance(tx, deposit, Step::Expire).await.map(drop)
    })
}
