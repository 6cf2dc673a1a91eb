//! The acts and reads of deposits. The sandbox is the only provider so far and moves test money only.

use super::{Deposit, Status, errors, events, store};
use identity::Actor;
use kernel::id::DepositId;
use kernel::{Duration, Error, Money, Result};
use platform::db::{Conn, Tx};
use platform::event;
use platform::ledger;
use platform::registry::Boxed;
use platform::timer::{self, Handler, Timer};

/// The time in which a checkout can be paid.
const CHECKOUT_LIFE: Duration = Duration::hours(24);
/// The kind of the timer that ends a checkout.
const EXPIRE: &str = "deposit.expire";
/// The timers of deposits.
pub(crate) const TIMERS: &[(&str, Handler)] = &[(EXPIRE, expire)];

fn timer_of(id: &DepositId) -> String {
    format!("deposit:{id}")
}

/// Opens a checkout for an amount in cents. Nothing moves until it is paid.
pub async fn start(tx: &mut Tx, actor: &Actor, cents: i64) -> Result<Deposit> {
    actor.must_have("wallet:write")?;
    must_be_sandbox(tx)?;
    let (least, most) = (tx.rules.deposit_min, tx.rules.deposit_max);
    let amount = Money::within("amount", cents, least)?;
    if amount > most {
        return Err(Error::field("amount", format!("It is {amount}; deposit {least} to {most} USD at a time.")));
    }
    let deposit = Deposit {
        id: DepositId::new(),
        team_id: actor.team.clone(),
        member_id: actor.member.clone(),
        amount,
        fee: Money::ZERO,
        status: Status::Open,
        created_at: tx.now,
        settled_at: None,
    };
    store::insert(tx, &deposit).await?;
    let until = tx.now.after(CHECKOUT_LIFE);
    timer::set(tx, &Timer::new(timer_of(&deposit.id), EXPIRE, deposit.id.as_str(), until)).await?;
    event::emit(tx, &[&actor.team], deposit.id.as_str(), &events::Started { amount });
    Ok(deposit)
}

/// Returns a checkout. The unguessable id is the permission, as with any provider's checkout page.
pub async fn show(conn: &mut Conn, id: &DepositId) -> Result<Deposit> {
    store::find(conn, id).await?.ok_or_else(|| Error::not_found("checkout"))
}

/// Returns a checkout of the actor's team; another team's is not found.
pub async fn own(conn: &mut Conn, actor: &Actor, id: &DepositId) -> Result<Deposit> {
    actor.must_have("wallet:read")?;
    let deposit = store::find(conn, id).await?.filter(|deposit| deposit.team_id == actor.team);
    deposit.ok_or_else(|| Error::not_found("checkout"))
}

/// Pays a sandbox checkout with test money. Paying again changes nothing.
pub async fn pay(tx: &mut Tx, id: &DepositId) -> Result<Deposit> {
    must_be_sandbox(tx)?;
    let deposit = show(tx, id).await?;
    if deposit.status == Status::Paid {
        return Ok(deposit);
    }
    let deposit = match settle(tx, deposit, Status::Paid).await {
        // Another request has paid it at the same moment.
        Err(error) => return show(tx, id).await?.status_is(Status::Paid).ok_or(error),
        Ok(paid) => paid,
    };
    ledger::post(tx, &super::entry(&deposit.id, &deposit.team_id, deposit.amount)).await?;
    event::emit(tx, &[&deposit.team_id], deposit.id.as_str(), &events::Paid { amount: deposit.amount });
    Ok(deposit)
}

/// Cancels a checkout. Cancelling it again changes nothing.
pub async fn cancel(tx: &mut Tx, id: &DepositId) -> Result<Deposit> {
    let deposit = show(tx, id).await?;
    if deposit.status == Status::Cancelled {
        return Ok(deposit);
    }
    let deposit = settle(tx, deposit, Status::Cancelled).await?;
    event::emit(tx, &[&deposit.team_id], deposit.id.as_str(), &events::Cancelled {});
    Ok(deposit)
}

/// Ends a checkout that was not paid in time. Only its timer calls this.
fn expire<'a>(tx: &'a mut Tx, timer: &'a Timer) -> Boxed<'a, Result<()>> {
    Box::pin(give_up(tx, DepositId::from(timer.subject.as_str())))
}

async fn give_up(tx: &mut Tx, id: DepositId) -> Result<()> {
    let deposit = show(tx, &id).await?;
    let deposit = settle(tx, deposit, Status::Expired).await?;
    event::emit(tx, &[&deposit.team_id], deposit.id.as_str(), &events::Expired {});
    Ok(())
}

async fn settle(tx: &mut Tx, mut deposit: Deposit, to: Status) -> Result<Deposit> {
    deposit.settled_at = Some(tx.now);
    // Lock the timer before the checkout, in the order in which the timer does.
    timer::clear(tx, &timer_of(&deposit.id)).await?;
    if !store::settle(tx, &deposit, to).await? {
        let now = show(tx, &deposit.id).await?.status;
        return Err(errors::checkout_closed(now));
    }
    deposit.status = to;
    Ok(deposit)
}

fn must_be_sandbox(tx: &Tx) -> Result<()> {
    if tx.rules.sandbox {
        return Ok(());
    }
    Err(errors::no_payment_provider())
}
