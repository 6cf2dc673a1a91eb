//! The workers that ask the payment provider: about deposits, cards, payouts, payout accounts, and news that got lost.

use super::{until, wait};
use api::Services;
use market::payment::{Payments, Provider};
use market::{Market, Result, deposit, payee, payment, payout, refill};
use std::time::Duration;
use tokio::task::JoinSet;

/// The pause between two looks at the balances. A charge should come before the next job fails for want of money.
const WATCH_EVERY: Duration = Duration::from_secs(2);
const PAYOUTS_EVERY: Duration = Duration::from_secs(5);
const RECONCILE_EVERY: Duration = Duration::from_secs(30);
/// The provider repeats its news for days by itself.
const CATCH_UP_EVERY: Duration = Duration::from_secs(600);

pub(super) fn spawn(workers: &mut JoinSet<()>, services: &Services) {
    let Services { market, payments, draining, .. } = services;
    workers.spawn(until(draining.clone(), balances(market.clone(), payments.clone())));
    if payments.are_taken() {
        workers.spawn(until(draining.clone(), payouts(market.clone(), payments.clone())));
        workers.spawn(until(draining.clone(), reconciliation(market.clone(), payments.clone())));
        workers.spawn(until(draining.clone(), missed(market.clone(), payments.clone())));
    }
}

/// Tells teams of low balances, and charges saved cards.
async fn balances(market: Market, payments: Payments) {
    loop {
        let round = refill::watch(&market, payments.provider().ok()).await;
        tokio::time::sleep(wait(round, WATCH_EVERY, "balances could not be watched")).await;
    }
}

/// Sends payouts and takes back those that failed.
async fn payouts(market: Market, payments: Payments) {
    let Ok(provider) = payments.provider() else { return };
    loop {
        let round = payout::advance_due(&market, provider).await;
        tokio::time::sleep(wait(round, PAYOUTS_EVERY, "payouts could not be sent")).await;
    }
}

/// Asks the provider about deposits and accounts that it has been silent about.
async fn reconciliation(market: Market, payments: Payments) {
    let Ok(provider) = payments.provider() else { return };
    loop {
        let round = both(&market, provider).await;
        tokio::time::sleep(wait(round, RECONCILE_EVERY, "payments could not be looked up")).await;
    }
}

async fn both(market: &Market, provider: &dyn Provider) -> Result<bool> {
    Ok(deposit::reconcile(market, provider).await? | payee::reconcile(market, provider).await?)
}

/// Takes the news that the provider could not deliver, first after the start: they may have come while the server was down.
async fn missed(market: Market, payments: Payments) {
    let Ok(provider) = payments.provider() else { return };
    loop {
        let round = payment::catch_up(&market, provider).await.map(|()| false);
        tokio::time::sleep(wait(round, CATCH_UP_EVERY, "missed news could not be read")).await;
    }
}
