//! The statements that watch deliveries.

use market::db::sql;
use market::{Market, Result};

/// Counts the deliveries that are not taken yet.
pub(super) async fn waiting(market: &Market) -> Result<i64> {
    sql("select count(*) from delivery where state = 'waiting'").count(&mut market.read().await?).await
}

/// Ends the leases of a program that was killed, and has all endpoints looked at, so that the next one sends at once.
pub(super) async fn lapse(market: &Market) -> Result<()> {
    let mut tx = market.begin().await?;
    let now = tx.now;
    sql("update delivery set leased_until = null, next_at = $1 where state = 'waiting'").bind(now).run(&mut tx).await?;
    sql("update endpoint set due_at = $1, failing_since = null, failures = 0").bind(now).run(&mut tx).await?;
    tx.commit().await
}

/// Has the engine count its rows, by which it plans statements.
pub(super) async fn analyze(market: &Market) -> Result<()> {
    let mut tx = market.begin().await?;
    sql("analyze").run(&mut tx).await?;
    tx.commit().await
}
