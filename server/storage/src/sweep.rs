//! Removing leftovers: broken uploads, files that were taken back, and orphans (bytes without a row).

use crate::FileStore;
use market::export;
use market::file::{self, DiscardedFile};
use market::id::{ExportId, FileId};
use market::{Duration, Market, Result, SWEEP_BATCH};

/// The age after which bytes without a row count as orphans. Rows are written first, so orphans exist only after a database
/// was restored from an older copy, or after a clean-up was cut off.
const ORPHANED_AFTER: Duration = Duration::days(1);
/// The number of files looked up at a time.
const BATCH_MAX: usize = 500;

/// Removes broken uploads and files that were taken back; returns their number.
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
        let litter = file::discarded(&mut market.read().await?).await?;
        let before = removed;
        for DiscardedFile { id, parts } in &litter {
            // A file that can't be removed must not hold up the others; the next sweep tries it again.
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

/// Removes a file's bytes, then its row, so that a failure is tried again.
pub(crate) async fn remove(market: &Market, store: &FileStore, id: &FileId, parts: Option<&str>) -> Result<()> {
    store.remove(id, parts).await?;
    let mut tx = market.begin().await?;
    file::forget(&mut tx, std::slice::from_ref(id)).await?;
    tx.commit().await
}

/// Removes bytes without a row; returns the number of files. It lists the whole store.
pub async fn sweep_orphans(market: &Market, store: &FileStore) -> Result<usize> {
    let old = store.older_than(market.clock.now().before(ORPHANED_AFTER)).await?;
    let mut removed = 0;
    for some in old.chunks(BATCH_MAX) {
        let orphans = file::unknown(&mut market.read().await?, some.to_vec()).await?;
        for id in &orphans {
            if !export::exists(&mut market.read().await?, &ExportId::from(id.as_str())).await? {
                store.remove(id, None).await?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}
