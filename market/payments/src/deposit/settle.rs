//! A deposit's next status, and the money that belongs to it.
//!
//! The wallet is credited with the part of the deposit that the provider holds for us; each change of that part is one entry.

use super::{Deposit, Status, Step, actions, events, letter, show, store};
use crate::refill;
use kernel::id::{DepositId, TeamId};
use kernel::money::CURRENCY;
use kernel::{Error, Money, Result};
use platform::db::Tx;
use platform::event;
use platform::ledger::{self, Account, Entry, Reason};
use platform::timer::{self, Timer};

/// The entry of a paid deposit: money from outside into a team's wallet.
pub(crate) fn entry(id: &DepositId, team: &TeamId, amount: Money) -> Entry {
    Entry::new(Reason::Deposit, id.as_str()).debit(Account::provider(), amount).credit(Account::wallet(team), amount)
}

/// Returns the deposit that news are about; a contradiction if the sums differ or the checkout is another one.
pub(crate) fn checked(
    deposit: Deposit,
    total: Option<Money>,
    currency: Option<&str>,
    session: Option<&str>,
) -> Result<Deposit, &'static str> {
    if total != Some(deposit.total()) {
        return Err("the amount is not the deposit's");
    }
    if currency != Some(CURRENCY) {
        return Err("the currency is not the wallet's");
    }
    if deposit.session.as_deref().zip(session).is_some_and(|(own, other)| own != other) {
        return Err("the deposit has another checkout");
    }
    Ok(deposit)
}

/// Takes a deposit a step further. A step that was overtaken changes nothing.
pub(crate) async fn advance(tx: &mut Tx, deposit: Deposit, step: Step) -> Result<Deposit> {
    let to = deposit.status.after(step);
    if to == deposit.status {
        return Ok(deposit);
    }
    // Lock the timer before the deposit, in the order in which the timer does.
    timer::clear(tx, &actions::timer_of(&deposit.id)).await?;
    let settled_at = (!to.is_under_way()).then_some(tx.now);
    if !store::set_status(tx, &deposit, to, settled_at).await? {
        return Err(Error::try_again());
    }
    if deposit.is_charge && !to.is_under_way() {
        refill::settled(tx, &deposit.id).await?;
    }
    tell(tx, &deposit, to);
    match (deposit.status, to) {
        (Status::Processing, Status::Paid) => letter::arrived(tx, &deposit).await?,
        (Status::Processing, Status::Failed) => letter::failed(tx, &deposit).await?,
        _ => {}
    }
    balance(tx, &deposit.id).await
}

fn tell(tx: &mut Tx, deposit: &Deposit, to: Status) {
    let (team, id, amount) = (&[&deposit.team_id], deposit.id.as_str(), deposit.amount);
    match to {
        Status::Open => {}
        Status::Processing => event::emit(tx, team, id, &events::Processing { amount }),
        Status::Paid => event::emit(tx, team, id, &events::Paid { amount }),
        Status::Failed => event::emit(tx, team, id, &events::Failed { amount }),
        Status::Cancelled => event::emit(tx, team, id, &events::Cancelled {}),
        Status::Expired => event::emit(tx, team, id, &events::Expired {}),
    }
}

/// Moves money until the wallet was credited with what the provider holds for us.
pub(crate) async fn balance(tx: &mut Tx, id: &DepositId) -> Result<Deposit> {
    let mut deposit = show(tx, id).await?;
    let before = deposit.changes;
    let (amount, team) = (deposit.amount, deposit.team_id.clone());
    if deposit.status == Status::Paid && deposit.changes == 0 {
        ledger::post(tx, &entry(&deposit.id, &team, amount)).await?;
        (deposit.credited, deposit.changes) = (amount, 1);
        if let Some(kind) = store::on_paid(tx, id).await? {
            timer::set(tx, &Timer::new(format!("{kind}:{id}"), &kind, id.as_str(), tx.now)).await?;
        }
    }
    let held = deposit.held(store::reversed(tx, &deposit.id).await?);
    let nth = deposit.changes.to_string();
    if held < deposit.credited {
        let lost = Money(deposit.credited.0 - held.0);
        take_back(tx, &deposit, lost, &nth).await?;
        event::emit(tx, &[&team], deposit.id.as_str(), &events::Reversed { amount: lost });
        deposit.changes += 1;
    } else if held > deposit.credited {
        let back = Money(held.0 - deposit.credited.0);
        let entry = Entry::nth(Reason::Restore, deposit.id.as_str(), &nth).debit(Account::provider(), back);
        ledger::post(tx, &entry.credit(Account::wallet(&team), back)).await?;
        event::emit(tx, &[&team], deposit.id.as_str(), &events::Restored { amount: back });
        deposit.changes += 1;
    }
    deposit.credited = held;
    if deposit.changes != before {
        store::set_credited(tx, &deposit, before).await?;
    }
    Ok(deposit)
}

/// Takes money from the wallet as far as there is some; the rest is the team's debt.
async fn take_back(tx: &mut Tx, deposit: &Deposit, lost: Money, nth: &str) -> Result<()> {
    let (provider, wallet) = (Account::provider(), Account::wallet(&deposit.team_id));
    let available = ledger::lock_balances(tx, &[&provider, &wallet]).await?.pop().unwrap_or_default();
    let taken = lost.min(available);
    let owed = Money(lost.0 - taken.0);
    let entry = Entry::nth(Reason::Reverse, deposit.id.as_str(), nth).credit(provider, lost).debit(wallet, taken);
    ledger::post(tx, &entry.debit(Account::debt(&deposit.team_id), owed)).await?;
    letter::taken_back(tx, deposit, lost, owed).await
}
