//! Asking for a payout.

use super::{Payout, State, UNDER_WAY_MAX, errors, events, letter, store};
use crate::payee;
use identity::Actor;
use kernel::id::{MemberId, PayoutId, TeamId};
use kernel::{Error, Money, Result};
use platform::db::Tx;
use platform::event;
use platform::ledger::{self, Account, Entry, Reason};

/// The input of a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayout<'a> {
    /// The amount in cents.
    pub cents: i64,
    /// The name of the provider.
    pub provider: &'a str,
}

/// Takes money from the wallet and puts it aside for the bank. It needs a verified email address, a payee that is ready, and no debt.
pub async fn ask(tx: &mut Tx, actor: &Actor, new: &NewPayout<'_>) -> Result<Payout> {
    actor.must_have("wallet:write")?;
    actor.must_be_verified()?;
    let amount = Money::within("amount", new.cents, tx.rules.payout_min)?;
    begin(tx, &actor.team, &actor.member, new.provider, amount).await
}

/// Puts money aside for the bank of a team's payee.
pub(super) async fn begin(tx: &mut Tx, team: &TeamId, member: &MemberId, provider: &str, amount: Money) -> Result<Payout> {
    let account = payee::ready(tx, team, provider).await?;
    if store::count_under_way(tx, team).await? >= UNDER_WAY_MAX {
        return Err(errors::too_many_payouts(UNDER_WAY_MAX));
    }
    let (wallet, debt) = (Account::wallet(team), Account::debt(team));
    let balances = ledger::lock_balances(tx, &[&wallet, &debt]).await?;
    let [available, owed] = balances[..] else { return Err(Error::internal()) };
    if owed < Money::ZERO {
        return Err(errors::in_debt(Money(-owed.0)));
    }
    if available < amount {
        return Err(errors::too_little(available, amount));
    }
    let payout = Payout {
        id: PayoutId::new(),
        team_id: team.clone(),
        member_id: member.clone(),
        amount,
        state: State::Asked,
        provider: provider.to_owned(),
        account,
        transfer: None,
        bank_payment: None,
        reason: None,
        was_paid: false,
        refusals: 0,
        created_at: tx.now,
        settled_at: None,
    };
    store::insert(tx, &payout).await?;
    let entry = Entry::new(Reason::Payout, payout.id.as_str()).debit(wallet, amount).credit(payout.account_of_money(), amount);
    ledger::post(tx, &entry).await?;
    event::emit(tx, &[team], payout.id.as_str(), &events::Asked { amount });
    letter::asked(tx, &payout).await?;
    Ok(payout)
}
