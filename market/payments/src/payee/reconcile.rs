//! Asking the provider about payees that are not ready: the news may be lost.

use super::{CHECKED_EVERY, note, store};
use crate::payment::{self, Provider};
use kernel::Result;
use platform::Market;

/// The number of payees that are looked up in one round.
const BATCH: i64 = 20;

/// Looks up the payees whose time has come. Returns true if there may be more of them.
pub async fn reconcile(market: &Market, provider: &dyn Provider) -> Result<bool> {
    if provider.name() == payment::SANDBOX {
        return Ok(false);
    }
    let mut conn = market.read().await?;
    let before = conn.now.before(CHECKED_EVERY);
    let due = store::to_check(&mut conn, provider.name(), before, BATCH).await?;
    drop(conn);
    for account in &due {
        let asked_at = market.clock.now();
        match provider.find_account(account).await {
            Ok(found) => platform::act!(market, |tx| note(tx, &found, asked_at).await).map(drop)?,
            Err(error) => tracing::warn!(account, code = %error.code, "a payout account could not be looked up; it is tried again"),
        }
        // Also after a failure, so that one that always fails is in nobody's way.
        platform::act!(market, |tx| store::checked(tx, account).await)?;
    }
    Ok(due.len() >= BATCH as usize)
}
