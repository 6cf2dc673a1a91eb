//! Cleanup of files: which bytes the store may remove. The caller asks the store, because no transaction waits for it.

use super::store;
use kernel::id::{self, FileId};
use kernel::{Duration, Result};
use platform::SWEEP_BATCH;
use platform::db::{Conn, Tx};
use serde::Deserialize;

/// The time without progress after which an upload counts as broken off. A running upload reports far more often.
pub const ALIVE_FOR: Duration = Duration::minutes(10);

/// A file whose bytes are to be removed, with its received parts.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct DiscardedFile {
    /// The key's id.
    pub id: FileId,
    /// The store's name for the received parts.
    pub parts: Option<String>,
}

/// Returns the name of this database's folder in the store, so that databases that share a store never remove each other's files.
pub async fn home(tx: &mut Tx) -> Result<String> {
    store::home(tx, &id::random("files_")).await
}

/// Marks broken uploads for removal, and files whose job was closed longer ago than
/// [`Rules::file_retention`](platform::Rules::file_retention), [`SWEEP_BATCH`] of each at a time; returns the larger of both numbers.
pub async fn condemn(tx: &mut Tx) -> Result<u64> {
    let closed = tx.now.before(tx.rules.file_retention);
    let expired = store::expire(tx, closed, SWEEP_BATCH).await?;
    Ok(store::condemn(tx, SWEEP_BATCH).await?.max(expired))
}

/// Lists files whose bytes are to be removed, a batch at a time.
pub async fn discarded(conn: &mut Conn) -> Result<Vec<DiscardedFile>> {
    store::discarded(conn, SWEEP_BATCH).await
}

/// Deletes the rows of files whose bytes were removed.
pub async fn forget(tx: &mut Tx, ids: &[FileId]) -> Result<()> {
    for id in ids {
        store::forget(tx, id).await?;
    }
    Ok(())
}

/// Returns those of the store's files that have no row and so can't be reached.
pub async fn unknown(conn: &mut Conn, ids: Vec<FileId>) -> Result<Vec<FileId>> {
    let mut orphans = Vec::new();
    for id in ids {
        if !store::exists(conn, &id).await? {
            orphans.push(id);
        }
    }
    Ok(orphans)
}
