//! The columns of a member's suspension.

use super::Suspension;
use kernel::Result;
use kernel::id::MemberId;
use platform::db::{Conn, Tx, sql};

/// Finds the suspension of a member.
pub(super) async fn find(conn: &mut Conn, member: &MemberId) -> Result<Option<Suspension>> {
    sql("select suspended_at as at, suspended_for as reason from member where id = $1 and suspended_at is not null")
        .bind(member)
        .optional(conn)
        .await
}

/// Suspends a member, whose sessions and tokens end with the epoch; false if it was done before.
pub(super) async fn begin(tx: &mut Tx, member: &MemberId, reason: &str) -> Result<bool> {
    let now = tx.now;
    let begun = sql("update member set suspended_at = $1, suspended_for = $2, epoch = epoch + 1 where id = $3 and suspended_at is null");
    Ok(begun.bind(now).bind(reason).bind(member).run(tx).await? == 1)
}

/// Lifts the suspension of a member; false if there is none.
pub(super) async fn end(tx: &mut Tx, member: &MemberId) -> Result<bool> {
    let ended = sql("update member set suspended_at = null, suspended_for = null where id = $1 and suspended_at is not null");
    Ok(ended.bind(member).run(tx).await? == 1)
}
