//! Sending payouts: the provider is asked outside of a transaction, under keys that make a repetition harmless.

use super::{GIVEN_UP_AFTER, Payout, State, settle, store};
use crate::payment::errors::UNREACHABLE;
use crate::payment::{PayoutRequest, Provider, Sending};
use kernel::Result;
use platform::Market;

/// The number of payouts that are handled in one round.
const BATCH: i64 = 50;

/// Asks the provider about the payouts whose time has come: sends them, looks them up, or takes their money back. Returns true if there
/// may be more of them. Several processes may call it at once.
pub async fn advance_due(market: &Market, provider: &dyn Provider) -> Result<bool> {
    let due = store::due(&mut market.read().await?, provider.name(), BATCH).await?;
    let is_full = due.len() >= BATCH as usize;
    for payout in due {
        let id = payout.id.clone();
        // First, so that two processes seldom ask at once, and one that always fails is in nobody's way.
        if !platform::act!(market, |tx| store::claim(tx, &payout).await)? {
            continue;
        }
        if let Err(error) = one(market, provider, &payout).await {
            tracing::warn!(payout = %id, code = %error.code, "a payout could not be taken further; it is tried again");
            if error.code == UNREACHABLE {
                return Ok(false);
            }
        }
    }
    Ok(is_full)
}

async fn one(market: &Market, provider: &dyn Provider, payout: &Payout) -> Result<()> {
    let asked = PayoutRequest {
        payout: payout.id.clone(),
        account: payout.account.clone(),
        amount: payout.amount,
        going: payout.going(),
        transfer: payout.transfer.clone(),
        bank_payment: payout.bank_payment.clone(),
        refusals: payout.refusals,
    };
    match payout.state {
        State::Asked => {
            let sent = provider.pay_out(&asked).await?;
            platform::act!(market, |tx| sending(tx, payout, &sent).await)
        }
        // A bank may send back for days what it took.
        State::Sent | State::Paid => {
            let found = provider.find_payout(&asked).await?;
            platform::act!(market, |tx| settle::note(tx, &found).await).map(drop)
        }
        State::Returning => {
            provider.take_back(&asked).await?;
            platform::act!(market, |tx| settle::returned(tx, &payout.id).await)
        }
        State::Returned => Ok(()),
    }
}

async fn sending(tx: &mut platform::db::Tx, payout: &Payout, sent: &Sending) -> Result<()> {
    match sent {
        Sending::Sent(news) => settle::note(tx, news).await.map(drop),
        Sending::Refused { reason, is_final, transfer } => {
            if let Some(transfer) = transfer {
                store::set_transfer(tx, payout, transfer).await?;
            }
            let too_late = payout.created_at.after(GIVEN_UP_AFTER) <= tx.now;
            store::count_refusal(tx, payout).await?;
            if *is_final || too_late { settle::refuse(tx, &payout.id, reason).await } else { Ok(()) }
        }
    }
}
