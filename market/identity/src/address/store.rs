//! The table of links, with only the SHA-256 of each token.

use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// A change that was asked for.
#[derive(Deserialize)]
pub(super) struct Asked {
    pub(super) member_id: MemberId,
    /// The new address.
    pub(super) email: String,
}

pub(super) async fn insert(tx: &mut Tx, token_hash: &str, member: &MemberId, email: &str, expires_at: Time) -> Result<()> {
    let now = tx.now;
    sql("insert into address_change (token_hash, member_id, email, created_at, expires_at) values ($1, $2, $3, $4, $5)")
        .bind(token_hash)
        .bind(member)
        .bind(email)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Finds a link that can still be used.
pub(super) async fn find(conn: &mut Conn, token_hash: &str) -> Result<Option<Asked>> {
    let now = conn.now;
    sql("select member_id, email from address_change where token_hash = $1 and ended_at is null and expires_at > $2")
        .bind(token_hash)
        .bind(now)
        .optional(conn)
        .await
}

/// Ends a link; false if it has ended.
pub(super) async fn end(tx: &mut Tx, token_hash: &str) -> Result<bool> {
    let now = tx.now;
    let ended = sql("update address_change set ended_at = $1 where token_hash = $2 and ended_at is null")
        .bind(now)
        .bind(token_hash)
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// Ends every link of a member.
pub(crate) async fn end_all(tx: &mut Tx, member: &MemberId) -> Result<()> {
    let now = tx.now;
    sql("update address_change set ended_at = $1 where member_id = $2 and ended_at is null").bind(now).bind(member).run(tx).await?;
    Ok(())
}

/// Counts the changes that a member asked for after `since`.
pub(super) async fn asked_since(conn: &mut Conn, member: &MemberId, since: Time) -> Result<i64> {
    sql("select count(*) from address_change where member_id = $1 and created_at > $2").bind(member).bind(since).count(conn).await
}

/// Deletes links that expired before `since`, a batch at a time.
pub(super) async fn delete_expired(tx: &mut Tx, since: Time, limit: i64) -> Result<u64> {
    sql("delete from address_change where token_hash in \
         (select token_hash from address_change where expires_at < $1 order by expires_at limit $2)")
    .bind(since)
    .bind(limit)
    .run(tx)
    .await
}
