//! The deletion of old deliveries, and of deleted endpoints.

use super::{KEPT_FOR, store};
use crate::endpoint::store as endpoints;
use kernel::Result;
use platform::SWEEP_BATCH;
use platform::db::Tx;

/// Deletes deliveries that were written more than [`KEPT_FOR`] ago, and those of deleted endpoints, with their attempts; a batch at a
/// time, and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let before = tx.now.before(KEPT_FOR);
    let batch = SWEEP_BATCH.unsigned_abs();
    let old = store::old(tx, before, SWEEP_BATCH).await?;
    if let Some((key, _)) = old {
        store::delete_upto(tx, key).await?;
    }
    let count = old.map_or(0, |(_, count)| count);
    let deleted = if count < batch { endpoints::deleted(tx).await? } else { None };
    let Some(endpoint) = deleted else { return Ok(count) };
    if store::delete_of(tx, endpoint, SWEEP_BATCH).await? < batch {
        endpoints::purge(tx, endpoint).await?;
    }
    // A full batch has the worker come again: there may be more deleted endpoints.
    Ok(batch)
}
