//! The table of sent links, with only the SHA-256 of each token.

use crate::member::Member;
use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// A link that was sent.
#[derive(Deserialize)]
pub(super) struct SentLink {
    pub(super) member_id: MemberId,
    /// The address it was sent to.
    pub(super) email: String,
    pub(super) expires_at: Time,
    pub(super) ended_at: Option<Time>,
}

pub(super) async fn insert(tx: &mut Tx, token_hash: &str, member: &Member, expires_at: Time) -> Result<()> {
    let now = tx.now;
    sql("insert into verification (token_hash, member_id, email, created_at, expires_at) values ($1, $2, $3, $4, $5)")
        .bind(token_hash)
        .bind(&member.id)
        .bind(&member.email)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, token_hash: &str) -> Result<Option<SentLink>> {
    sql("select member_id, email, expires_at, ended_at from verification where token_hash = $1").bind(token_hash).optional(conn).await
}

/// Ends a link; false if it has ended.
pub(super) async fn end(tx: &mut Tx, token_hash: &str) -> Result<bool> {
    let now = tx.now;
    let ended =
        sql("update verification set ended_at = $1 where token_hash = $2 and ended_at is null").bind(now).bind(token_hash).run(tx).await?;
    Ok(ended == 1)
}

/// Ends every link that was sent to a member.
pub(crate) async fn end_all(tx: &mut Tx, member: &MemberId) -> Result<()> {
    let now = tx.now;
    sql("update verification set ended_at = $1 where member_id = $2 and ended_at is null").bind(now).bind(member).run(tx).await?;
    Ok(())
}

/// Counts the links that were sent to a member after `since`.
pub(super) async fn sent_since(conn: &mut Conn, member: &MemberId, since: Time) -> Result<i64> {
    sql("select count(*) from verification where member_id = $1 and created_at > $2").bind(member).bind(since).count(conn).await
}

/// Counts the links that were sent to an address after `since`, whoever's they were.
pub(super) async fn sent_to_since(conn: &mut Conn, email: &str, since: Time) -> Result<i64> {
    sql("select count(*) from verification where email = $1 and created_at > $2").bind(email).bind(since).count(conn).await
}

/// Deletes links that expired before `since`, a batch at a time.
pub(super) async fn delete_expired(tx: &mut Tx, since: Time, limit: i64) -> Result<u64> {
    sql("delete from verification where token_hash in \
         (select token_hash from verification where expires_at < $1 order by expires_at limit $2)")
    .bind(since)
    .bind(limit)
    .run(tx)
    .await
}
