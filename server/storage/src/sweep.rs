//! Removing what is left behind: uploads that broke off, files that were taken back, bytes that no row tells of.

use crate::FileStore;
use market::file::{self, Litter};
use market::id::FileId;
use market::{Market, Result, SWEEP_BATCH, Span};

/// Bytes without a row are nobody's after this long. Rows come first, so there are none but after a database was restored
/// from an older copy, or when a cleaning up was cut off.
const ORPHANED_AFTER: Span = Span::days(1);
/// How many are asked about at a time.
const BATCH_MAX: usize = 500;

/// Removes what broke off or was taken back; returns how many files that were.
pub async fn sweep(market: &Market, store: &FileStore) -> Result<usize> {
    loop {
        let mut tx = market.begin().await?;
        let condemned = file::condemn(&mut tx).await?;
        tx.commit().await?;
        if condemned < SWEEP_BATCH.unsigned_abs() {
            break;
        }
    }
    let mut removed = 0;
    loop {
        let litter = file::litter(&mut market.read().await?).await?;
        let before = removed;
        for Litter { id, parts } in &litter {
            // One that can't be removed must not keep the others; it is tried again with the next sweep.
            match remove(market, store, id, parts.as_deref()).await {
                Ok(()) => removed += 1,
                Err(error) => tracing::warn!(%id, code = %error.code, "a file's bytes could not be removed"),
            }
        }
        if litter.len() < usize::try_from(SWEEP_BATCH).unwrap_or(usize::MAX) || removed == before {
            return Ok(removed);
        }
    }
}

/// Removes a file's bytes, then its row, so that whatever fails is tried again.
pub(crate) async fn remove(market: &Market, store: &FileStore, id: &FileId, parts: Option<&str>) -> Result<()> {
    store.remove(id, parts).await?;
    let mut tx = market.begin().await?;
    file::forget(&mut tx, std::slice::from_ref(id)).await?;
    tx.commit().await
}

/// Removes bytes that no row tells of; returns how many files that were. It lists all there are.
pub async fn sweep_orphans(market: &Market, store: &FileStore) -> Result<usize> {
    let old = store.older_than(market.clock.now().before(ORPHANED_AFTER)).await?;
    let mut removed = 0;
    for some in old.chunks(BATCH_MAX) {
        let orphans = file::unknown(&mut market.read().await?, some.to_vec()).await?;
        for id in &orphans {
            store.remove(id, None).await?;
        }
        removed += orphans.len();
    }
    Ok(removed)
}
