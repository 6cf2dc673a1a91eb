//! Making and ending links. The acts that send and follow them decide who may.

use super::{MailedLink, Purpose, store};
use kernel::id::MemberId;
use kernel::{Duration, Result, id};
use platform::SWEEP_BATCH;
use platform::db::{Conn, Tx};
use platform::password::fingerprint;

/// 160 random bits.
const TOKEN_LENGTH: usize = 32;

/// Makes a link to an address of a member, and returns its secret; older ones of the purpose end.
pub(crate) async fn make(tx: &mut Tx, purpose: Purpose, member: &MemberId, email: &str, life: Duration) -> Result<String> {
    let token = id::secret(TOKEN_LENGTH);
    let expires_at = tx.now.after(life);
    store::end_all(tx, purpose, member).await?;
    store::insert(tx, purpose, &fingerprint(&token), member, email, expires_at).await?;
    Ok(token)
}

/// Finds the link with a secret, also one that has ended or expired.
pub(crate) async fn find(conn: &mut Conn, purpose: Purpose, token: &str) -> Result<Option<MailedLink>> {
    store::find(conn, purpose, &fingerprint(token.trim())).await
}

/// Ends the link with a secret; false if it has ended or expired.
pub(crate) async fn end(tx: &mut Tx, purpose: Purpose, token: &str) -> Result<bool> {
    store::end(tx, purpose, &fingerprint(token.trim())).await
}

/// Deletes links that can't be used, and that are older than the window in which they are counted; at most [`SWEEP_BATCH`], and
/// returns their number.
pub(crate) async fn sweep(tx: &mut Tx, purpose: Purpose, window: Duration) -> Result<u64> {
    let since = tx.now.before(window);
    store::delete_expired(tx, purpose, since, SWEEP_BATCH).await
}
