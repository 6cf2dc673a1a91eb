//! The table of links, with only the SHA-256 of each token.

use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

pub(super) async fn insert(tx: &mut Tx, token_hash: &str, member: &MemberId, expires_at: Time) -> Result<()> {
    let now = tx.now;
    sql("insert into password_reset (token_hash, member_id, created_at, expires_at) values ($1, $2, $3, $4)")
        .bind(token_hash)
        .bind(member)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Finds the member of a link that can still be used.
pub(super) async fn find(conn: &mut Conn, token_hash: &str) -> Result<Option<MemberId>> {
    let now = conn.now;
    sql("select member_id from password_reset where token_hash = $1 and ended_at is null and expires_at > $2")
        .bind(token_hash)
        .bind(now)
        .optional(conn)
        .await
}

/// Ends a link; false if it has ended or expired.
pub(super) async fn end(tx: &mut Tx, token_hash: &str) -> Result<bool> {
    let now = tx.now;
    let ended = sql("update password_reset set ended_at = $1 where token_hash = $2 and ended_at is null and expires_at > $1")
        .bind(now)
        .bind(token_hash)
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// Ends every link of a member.
pub(crate) async fn end_all(tx: &mut Tx, member: &MemberId) -> Result<()> {
    let now = tx.now;
    sql("update password_reset set ended_at = $1 where member_id = $2 and ended_at is null").bind(now).bind(member).run(tx).await?;
    Ok(())
}

/// Counts the links that were made for a member after `since`.
pub(super) async fn sent_since(conn: &mut Conn, member: &MemberId, since: Time) -> Result<i64> {
    sql("select count(*) from password_reset where member_id = $1 and created_at > $2").bind(member).bind(since).count(conn).await
}

/// Deletes links that expired before `since`, a batch at a time.
pub(super) async fn delete_expired(tx: &mut Tx, since: Time, limit: i64) -> Result<u64> {
    sql("delete from password_reset where token_hash in \
         (select token_hash from password_reset where expires_at < $1 order by expires_at limit $2)")
    .bind(since)
    .bind(limit)
    .run(tx)
    .await
}
