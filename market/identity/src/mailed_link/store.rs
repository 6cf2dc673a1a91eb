//! The table of mailed links, with only the SHA-256 of each secret.

use super::{MailedLink, Purpose};
use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

pub(super) async fn insert(
    tx: &mut Tx,
    purpose: Purpose,
    token_hash: &str,
    member: &MemberId,
    email: &str,
    expires_at: Time,
) -> Result<()> {
    let now = tx.now;
    sql("insert into mailed_link (token_hash, purpose, member_id, email, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)")
        .bind(token_hash)
        .bind(purpose.as_str())
        .bind(member)
        .bind(email)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, purpose: Purpose, token_hash: &str) -> Result<Option<MailedLink>> {
    sql("select member_id, email, expires_at, ended_at from mailed_link where token_hash = $1 and purpose = $2")
        .bind(token_hash)
        .bind(purpose.as_str())
        .optional(conn)
        .await
}

/// Ends a link; false if it has ended or expired.
pub(super) async fn end(tx: &mut Tx, purpose: Purpose, token_hash: &str) -> Result<bool> {
    let now = tx.now;
    let ended = sql("update mailed_link set ended_at = $1 where token_hash = $2 and purpose = $3 and ended_at is null and expires_at > $1")
        .bind(now)
        .bind(token_hash)
        .bind(purpose.as_str())
        .run(tx)
        .await?;
    Ok(ended == 1)
}

/// Ends every link of a purpose that was sent to a member.
pub(crate) async fn end_all(tx: &mut Tx, purpose: Purpose, member: &MemberId) -> Result<()> {
    let now = tx.now;
    sql("update mailed_link set ended_at = $1 where member_id = $2 and purpose = $3 and ended_at is null")
        .bind(now)
        .bind(member)
        .bind(purpose.as_str())
        .run(tx)
        .await?;
    Ok(())
}

/// Returns the end of a link of a purpose that still works for a member, if there is one.
pub(crate) async fn good_until(conn: &mut Conn, purpose: Purpose, member: &MemberId) -> Result<Option<Time>> {
    let now = conn.now;
    sql("select expires_at from mailed_link where member_id = $1 and purpose = $2 and ended_at is null and expires_at > $3 \
         order by expires_at desc limit 1")
    .bind(member)
    .bind(purpose.as_str())
    .bind(now)
    .optional(conn)
    .await
}

/// Counts the links of a purpose that were made for a member after `since`.
pub(crate) async fn made_since(conn: &mut Conn, purpose: Purpose, member: &MemberId, since: Time) -> Result<i64> {
    sql("select count(*) from mailed_link where member_id = $1 and purpose = $2 and created_at > $3")
        .bind(member)
        .bind(purpose.as_str())
        .bind(since)
        .count(conn)
        .await
}

/// Counts the links of a purpose that were sent to an address after `since`, whoever's they were.
pub(crate) async fn made_to_since(conn: &mut Conn, purpose: Purpose, email: &str, since: Time) -> Result<i64> {
    sql("select count(*) from mailed_link where email = $1 and purpose = $2 and created_at > $3")
        .bind(email)
        .bind(purpose.as_str())
        .bind(since)
        .count(conn)
        .await
}

/// Deletes links of a purpose that expired before `since`, a batch at a time.
pub(super) async fn delete_expired(tx: &mut Tx, purpose: Purpose, since: Time, limit: i64) -> Result<u64> {
    sql("delete from mailed_link where token_hash in \
         (select token_hash from mailed_link where purpose = $1 and expires_at < $2 order by expires_at limit $3)")
    .bind(purpose.as_str())
    .bind(since)
    .bind(limit)
    .run(tx)
    .await
}
