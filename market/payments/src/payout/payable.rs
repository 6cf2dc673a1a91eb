//! The part of a wallet that can be paid out: money of a deposit waits, because the payer's bank may take it back.

use super::errors;
use crate::deposit;
use kernel::id::TeamId;
use kernel::{Duration, Error, Money, Result, Time};
use platform::db::{Conn, Tx};
use platform::ledger::{self, Account};
use serde::{Deserialize, Serialize};

/// The part of a wallet that can be paid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payable {
    /// The available balance.
    pub available: Money,
    /// The part of it that can be paid out now.
    pub now: Money,
    /// The next time at which more can be; none while nothing is held.
    pub more: Option<More>,
}

/// A time at which more can be paid out, if nothing else happens until then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct More {
    /// The time.
    pub at: Time,
    /// The amount that can be paid out then, with that of now.
    pub amount: Money,
}

/// Locks a wallet and returns the part that can be paid out; a refusal if the team owes money.
///
/// Deposits are read after the lock, so that one that is credited at the same moment is seen with its money or not at all.
pub(super) async fn locked(tx: &mut Tx, team: &TeamId) -> Result<Payable> {
    let (wallet, debt) = (Account::wallet(team), Account::debt(team));
    let balances = ledger::lock_balances(tx, &[&wallet, &debt]).await?;
    let [available, owed] = balances[..] else { return Err(Error::internal()) };
    if owed < Money::ZERO {
        return Err(errors::in_debt(Money(-owed.0)));
    }
    of(tx, team, available).await
}

/// Returns the part of a team's available balance that can be paid out.
pub(super) async fn of(conn: &mut Conn, team: &TeamId, available: Money) -> Result<Payable> {
    let hold = conn.rules.payout_hold;
    if hold == Duration::days(0) {
        return Ok(Payable { available, now: available, more: None });
    }
    let since = conn.now.before(hold);
    let held = deposit::credited_after(conn, team, since).await?;
    let now = without(available, held);
    // Deposits are free in the order in which they came. The first ones may be needed to make up for what was spent of the later ones.
    let missing = Money((held.0 - available.0).max(0));
    let next = if now < available { deposit::first_beyond(conn, team, since, missing).await? } else { None };
    let more = next.map(|next| More { at: next.settled_at.after(hold), amount: without(available, Money(held.0 - next.sum.0)) });
    Ok(Payable { available, now, more })
}

fn without(available: Money, held: Money) -> Money {
    Money((available.0 - held.0).max(0))
}
