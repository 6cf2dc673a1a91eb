//! Unsent forms: what a member typed into a form whose session had ended, kept until they sign in again.
//!
//! A browser without a session is a stranger, and strangers leave little. The form's mark, which only this server can make, says
//! whose page it was on; a member has one unsent form at most, so nobody fills the disk with a mark.

use kernel::id::MemberId;
use kernel::{Duration, Result};
use platform::SWEEP_BATCH;
use platform::db::Tx;

mod store;

/// The time for which a form is kept.
pub const KEPT: Duration = Duration::days(7);

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
