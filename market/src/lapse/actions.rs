//! Deleting lapsed accounts.

use super::store;
use kernel::Result;
use platform::db::Tx;

/// The most accounts that one transaction deletes: each deletion looks for what else refers to the account, in tables that have no
/// index for that, and writers wait meanwhile.
pub const BATCH: i64 = 1;

/// Deletes lapsed accounts, at most [`BATCH`], and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let mut swept = 0;
    for lapsed in store::lapsed(tx, BATCH).await? {
        // The address may have been verified meanwhile.
        if identity::internal::end_unverified(tx, &lapsed.member_id, &lapsed.team_id).await? {
            store::delete(tx, &lapsed).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
