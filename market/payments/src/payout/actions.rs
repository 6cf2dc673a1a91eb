//! Asking for a payout.

use super::{Payout, State, UNDER_WAY_MAX, errors, events, letter, payable, store};
use crate::payee;
use identity::Actor;
use kernel::id::{MemberId, PayoutId, TeamId};
use kernel::{Money, Result};
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

/// Takes money from the wallet and puts it aside for the bank. It needs a verified email address, a payee that is ready, no debt, and money
/// that did not come in by a deposit just now.
pub async fn ask(tx: &mut Tx, actor: &Actor, new: &NewPayout<'_>) -> Result<Payout> {
    actor.must_have("payouts:write")?;
    actor.must_be_verified()?;
    let amount = Money::within("amount", new.cents, tx.rules.payout_min)?;
    let account = may_begin(tx, &actor.team, new.provider).await?;
    let payable = payable::locked(tx, &actor.team).await?;
    if payable.available < amount {
        return Err(errors::too_little(payable.available, amount));
    }
    if payable.now < amount {
        return Err(errors::on_hold(&payable));
    }
    begin(tx, &actor.team, &actor.member, new.provider, account, amount).await
}

/// Takes all that may leave the wallet, if it is worth a payout.
pub(super) async fn ask_for_all(tx: &mut Tx, team: &TeamId, member: &MemberId, provider: &str) -> Result<()> {
    let account = may_begin(tx, team, provider).await?;
    let payable = payable::locked(tx, team).await?;
    if payable.now < tx.rules.payout_min {
        return Ok(());
    }
    begin(tx, team, member, provider, account, payable.now).await.map(drop)
}

/// Returns the account that takes a payout of the team.
async fn may_begin(tx: &mut Tx, team: &TeamId, provider: &str) -> Result<String> {
    let account = payee::ready(tx, team, provider).await?;
    if store::count_under_way(tx, team).await? >= UNDER_WAY_MAX {
        return Err(errors::too_many_payouts(UNDER_WAY_MAX));
    }
    Ok(account)
}

/// Puts money aside for the bank of a team's payee.
async fn begin(tx: &mut Tx, team: &TeamId, member: &MemberId, provider: &str, account: String, amount: Money) -> Result<Payout> {
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
        reversed: Money::ZERO,
        was_paid: false,
        refusals: 0,
        created_at: tx.now,
        settled_at: None,
    };
    store::insert(tx, &payout).await?;
    let entry =
        Entry::new(Reason::Payout, payout.id.as_str()).debit(Account::wallet(team), amount).credit(payout.account_of_money(), amount);
    ledger::post(tx, &entry).await?;
    event::emit(tx, &[team], payout.id.as_str(), &events::Asked { amount });
    letter::asked(tx, &payout).await?;
    Ok(payout)
}
