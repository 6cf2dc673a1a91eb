//! Keeping unsent forms, and giving them back.

use super::{KEPT, store};
use kernel::Result;
use kernel::id::MemberId;
use platform::SWEEP_BATCH;
use platform::db::Tx;

/// Keeps a member's form instead of an earlier one. `record` is the pages' own JSON.
pub async fn keep(tx: &mut Tx, member: &MemberId, record: &str) -> Result<()> {
    let expires_at = tx.now.after(KEPT);
    store::save(tx, member, record, expires_at).await
}

/// Takes a member's form, if one is kept.
pub async fn take(tx: &mut Tx, member: &MemberId) -> Result<Option<String>> {
    let found = store::find(tx, member).await?;
    store::delete(tx, member).await?;
    Ok(found)
}

/// Deletes expired forms, at most [`SWEEP_BATCH`], and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    store::delete_expired(tx, SWEEP_BATCH).await
}
