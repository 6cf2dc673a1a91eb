//! A payout's next state, and its money. News come late, twice and in any order: a failure outdoes a payment, nothing outdoes the return,
//! and of two reversals of one transfer the larger holds, because each tells the whole sum.

use super::{Payout, State, events, letter, store};
use crate::payment::{BankState, PayoutNews, TransferNews};
use kernel::id::PayoutId;
use kernel::{Error, Money, Result};
use platform::db::Tx;
use platform::event;
use platform::ledger::{self, Account, Entry, Reason};

/// The words for a failure without a reason.
const UNKNOWN: &str = "the bank gave no reason.";
/// The words for a transfer that the operator took back.
const REVERSED: &str = "the transfer was reversed.";
/// The words for a part of a transfer that the operator took back.
const REVERSED_IN_PART: &str = "a part of the transfer was reversed.";

/// Applies the state of a payment to a bank; false if it is none of ours.
pub(crate) async fn note(tx: &mut Tx, news: &PayoutNews) -> Result<bool> {
    // Another account's payout may carry our name for this one.
    let Some(payout) = find(tx, news).await?.filter(|payout| news.account.as_deref() == Some(payout.account.as_str())) else {
        return Ok(false);
    };
    store::set_ids(tx, &payout, news).await?;
    match (payout.state, &news.state) {
        (State::Asked, BankState::UnderWay) => sent(tx, &payout).await?,
        (State::Asked | State::Sent, BankState::Paid) => paid(tx, &payout).await?,
        (State::Asked | State::Sent | State::Paid, BankState::Failed(reason)) => {
            fail(tx, &payout, reason.as_deref().unwrap_or(UNKNOWN)).await?;
        }
        _ => {}
    }
    Ok(true)
}

async fn find(tx: &mut Tx, news: &PayoutNews) -> Result<Option<Payout>> {
    match &news.reference {
        Some(reference) => store::find(tx, &PayoutId::from(reference.as_str())).await,
        None => store::of_bank_payment(tx, &news.bank_payment).await,
    }
}

async fn sent(tx: &mut Tx, payout: &Payout) -> Result<()> {
    move_to(tx, payout, State::Sent).await?;
    event::emit(tx, &[&payout.team_id], payout.id.as_str(), &events::Sent { amount: payout.amount });
    Ok(())
}

async fn paid(tx: &mut Tx, payout: &Payout) -> Result<()> {
    move_to(tx, payout, State::Paid).await?;
    let entry = Entry::new(Reason::PaidOut, payout.id.as_str()).debit(payout.account_of_money(), payout.going());
    ledger::post(tx, &entry.credit(Account::provider(), payout.going())).await?;
    let everybody = [event::PUBLIC.to_owned()];
    event::emit_to_topics(tx, &[&payout.team_id], everybody, payout.id.as_str(), &events::Paid { amount: payout.going() });
    Ok(())
}

/// Notes that the bank did not take the money, which left our balance. It is in the wallet again once the provider gave it back, also if
/// the transfer is not known yet: its answer may be lost.
async fn fail(tx: &mut Tx, payout: &Payout, reason: &str) -> Result<()> {
    store::set_reason(tx, &payout.id, reason).await?;
    move_to(tx, payout, State::Returning).await
}

/// Notes that the provider does not take a payout. Without a transfer nothing left, so the wallet has the money at once.
pub(super) async fn refuse(tx: &mut Tx, id: &PayoutId, reason: &str) -> Result<()> {
    let payout = store::find(tx, id).await?.ok_or_else(Error::internal)?;
    if payout.state != State::Asked {
        // News of the payout were faster than this answer, and know more.
        return Ok(());
    }
    if payout.transfer.is_some() {
        return fail(tx, &payout, reason).await;
    }
    store::set_reason(tx, id, reason).await?;
    give_back(tx, &payout, reason).await
}

/// Puts the money of a failed payout into the wallet, after the provider gave it back.
pub(super) async fn returned(tx: &mut Tx, id: &PayoutId) -> Result<()> {
    let payout = store::find(tx, id).await?.ok_or_else(Error::internal)?;
    if payout.state == State::Returned {
        return Ok(());
    }
    let reason = payout.reason.clone().unwrap_or_else(|| UNKNOWN.to_owned());
    give_back(tx, &payout, &reason).await
}

/// Applies that a transfer was reversed, all of it or a part, by us or by the operator at the provider; false if it is none of ours.
pub(crate) async fn note_transfer(tx: &mut Tx, news: &TransferNews) -> Result<bool> {
    let Some(payout) = of_transfer(tx, news).await? else { return Ok(false) };
    store::set_transfer(tx, &payout, &news.transfer).await?;
    if payout.state == State::Returned || news.reversed <= payout.reversed {
        return Ok(true);
    }
    if news.reversed < payout.amount {
        give_back_part(tx, payout, news.reversed).await?;
        return Ok(true);
    }
    // A payout that is on its way back has a reason of its own.
    let known = payout.reason.clone().filter(|_| payout.state == State::Returning);
    let reason = known.unwrap_or_else(|| REVERSED.to_owned());
    store::set_reason(tx, &payout.id, &reason).await?;
    give_back(tx, &payout, &reason).await?;
    Ok(true)
}

/// Puts the part of a payout into the wallet that was taken back of its transfer; the rest goes on.
async fn give_back_part(tx: &mut Tx, payout: Payout, reversed: Money) -> Result<()> {
    let part = Money(reversed.0 - payout.reversed.0);
    if !store::set_reversed(tx, &payout, reversed, REVERSED_IN_PART).await? {
        return Err(Error::try_again());
    }
    let entry = Entry::nth(Reason::ReturnPayout, payout.id.as_str(), &reversed.0.to_string()).debit(returns_from(&payout), part);
    ledger::post(tx, &entry.credit(Account::wallet(&payout.team_id), part)).await?;
    event::emit(tx, &[&payout.team_id], payout.id.as_str(), &events::Reversed { amount: part });
    letter::reversed(tx, &payout, part, Payout { reversed, ..payout.clone() }.going()).await
}

/// Finds the payout of a transfer: by its id, or by our name for it while the answer that tells the id is missing.
async fn of_transfer(tx: &mut Tx, news: &TransferNews) -> Result<Option<Payout>> {
    let known = store::of_transfer(tx, &news.transfer).await?;
    match (known, &news.reference) {
        (None, Some(reference)) => {
            let named = store::find(tx, &PayoutId::from(reference.as_str())).await?;
            Ok(named.filter(|payout| payout.transfer.is_none()))
        }
        (known, _) => Ok(known),
    }
}

async fn give_back(tx: &mut Tx, payout: &Payout, reason: &str) -> Result<()> {
    move_to(tx, payout, State::Returned).await?;
    let rest = payout.going();
    let entry = Entry::new(Reason::ReturnPayout, payout.id.as_str()).debit(returns_from(payout), rest);
    ledger::post(tx, &entry.credit(Account::wallet(&payout.team_id), rest)).await?;
    event::emit(tx, &[&payout.team_id], payout.id.as_str(), &events::Returned { amount: rest, reason });
    letter::returned(tx, payout, reason).await
}

/// Returns the account from which money of a payout comes back.
fn returns_from(payout: &Payout) -> Account {
    if payout.was_paid { Account::provider() } else { payout.account_of_money() }
}

async fn move_to(tx: &mut Tx, payout: &Payout, to: State) -> Result<()> {
    if store::set_state(tx, payout, to).await? { Ok(()) } else { Err(Error::try_again()) }
}
