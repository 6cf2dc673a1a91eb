//! Deleting lapsed accounts.

use super::store;
use kernel::Result;
use platform::SWEEP_BATCH;
use platform::db::Tx;

/// Deletes lapsed accounts, at most [`SWEEP_BATCH`], and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let mut swept = 0;
    for lapsed in store::lapsed(tx, SWEEP_BATCH).await? {
        // The address may have been verified meanwhile.
        if identity::internal::end_unverified(tx, &lapsed.member_id, &lapsed.team_id).await? {
            store::delete(tx, &lapsed).await?;
            swept += 1;
        }
    }
    Ok(swept)
}
