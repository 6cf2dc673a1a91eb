//! What is left behind, and what the store may be asked to remove. The store itself is the caller's to ask: no
//! transaction waits for it.

use super::store;
use crate::db::{Conn, Tx};
use crate::id::{self, FileId};
use crate::{Result, SWEEP_BATCH, Span};
use serde::Deserialize;

/// An upload that nothing was heard of for this long has broken off. Whoever sends says so far more often.
pub const ALIVE_FOR: Span = Span::minutes(10);

/// A file whose bytes are to be removed, and whatever of it arrived.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Litter {
    /// Which one.
    pub id: FileId,
    /// What the store calls the parts that arrived.
    pub parts: Option<String>,
}

/// The name of this database's own folder in the store: two databases that share one never sweep each other's files.
pub async fn home(tx: &mut Tx) -> Result<String> {
    store::home(tx, &id::random("files_")).await
}

/// Gives up uploads that broke off, and files whose job was closed longer ago than they are kept
/// ([`Terms::file_retention`](crate::Terms::file_retention)), [`SWEEP_BATCH`] of each at a time; returns how many at most.
pub async fn condemn(tx: &mut Tx) -> Result<u64> {
    let closed = tx.now.before(tx.terms.file_retention);
    let expired = store::expire(tx, closed, SWEEP_BATCH).await?;
    Ok(store::condemn(tx, SWEEP_BATCH).await?.max(expired))
}

/// Files whose bytes are to be removed, some at a time.
pub async fn litter(conn: &mut Conn) -> Result<Vec<Litter>> {
    store::litter(conn, SWEEP_BATCH).await
}

/// Forgets files whose bytes were removed.
pub async fn forget(tx: &mut Tx, ids: &[FileId]) -> Result<()> {
    for id in ids {
        store::forget(tx, id).await?;
    }
    Ok(())
}

/// Those among the store's files that no row tells of: nobody can ever reach them.
pub async fn unknown(conn: &mut Conn, ids: Vec<FileId>) -> Result<Vec<FileId>> {
    let mut orphans = Vec::new();
    for id in ids {
        if !store::exists(conn, &id).await? {
            orphans.push(id);
        }
    }
    Ok(orphans)
}
