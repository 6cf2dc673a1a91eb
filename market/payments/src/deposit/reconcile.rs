//! Asking the provider about deposits that it has been silent about: its news may be lost, and so may our own answer to it.

use super::{Deposit, open, show, store};
use crate::payment::{self, Provider};
use crate::refill;
use kernel::Result;
use platform::Market;

/// The number of deposits that are looked up in one round.
const BATCH: i64 = 50;

/// Looks up the deposits whose time has come. Returns true if there may be more of them.
pub async fn reconcile(market: &Market, provider: &dyn Provider) -> Result<bool> {
    let due = store::due(&mut market.read().await?, provider.name(), BATCH).await?;
    let is_all = due.len() < BATCH as usize;
    for deposit in due {
        let id = deposit.id.clone();
        if let Err(error) = check(market, provider, deposit).await {
            tracing::warn!(deposit = %id, code = %error.code, "a deposit could not be looked up; it is tried again");
        }
        // Also after a failure, so that one that always fails is in nobody's way.
        platform::act!(market, |tx| {
            let deposit = show(tx, &id).await?;
            store::schedule_check(tx, &deposit).await
        })?;
    }
    Ok(!is_all)
}

async fn check(market: &Market, provider: &dyn Provider, deposit: Deposit) -> Result<()> {
    if deposit.is_charge {
        return match &deposit.payment {
            Some(payment) => {
                let found = provider.find_charge(payment).await?;
                platform::act!(market, |tx| payment::charged(tx, &found).await)
            }
            None => refill::ask(market, provider, &deposit).await,
        };
    }
    let Some(session) = &deposit.session else {
        return open::ask(market, provider, deposit).await.map(drop);
    };
    let found = provider.find_checkout(session).await?;
    platform::act!(market, |tx| payment::look_up(tx, &found).await)
}
