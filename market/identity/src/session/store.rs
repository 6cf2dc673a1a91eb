//! The table of sessions.

use super::SignedIn;
use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

pub(super) async fn insert(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    let now = tx.now;
    sql("insert into session (id, record, created_at, expires_at) values ($1, $2, $3, $4)")
        .bind(id)
        .bind(record)
        .bind(now)
        .bind(expires_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Records whose session it is.
pub(super) async fn assign(tx: &mut Tx, id: &str, member: &MemberId) -> Result<()> {
    sql("update session set member_id = $2 where id = $1").bind(id).bind(member).run(tx).await?;
    Ok(())
}

/// Lists a member's sessions, newest first.
pub(super) async fn of_member(conn: &mut Conn, member: &MemberId, limit: i64) -> Result<Vec<SignedIn>> {
    let now = conn.now;
    sql("select id, record, created_at from session where member_id = $1 and expires_at > $2 order by created_at desc, id limit $3")
        .bind(member)
        .bind(now)
        .bind(limit)
        .all(conn)
        .await
}

/// Deletes a session of a member; false if there is none.
pub(super) async fn delete_of(tx: &mut Tx, member: &MemberId, id: &str) -> Result<bool> {
    Ok(sql("delete from session where id = $1 and member_id = $2").bind(id).bind(member).run(tx).await? == 1)
}

/// Deletes the sessions of a member but one, and returns their number.
pub(super) async fn delete_all_but(tx: &mut Tx, member: &MemberId, id: &str) -> Result<u64> {
    sql("delete from session where member_id = $1 and id <> $2").bind(member).bind(id).run(tx).await
}

/// Updates a row; no effect if it was deleted.
pub(super) async fn update(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    sql("update session set record = $2, expires_at = $3 where id = $1").bind(id).bind(record).bind(expires_at).run(tx).await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &str) -> Result<Option<String>> {
    let now = conn.now;
    sql("select record from session where id = $1 and expires_at > $2").bind(id).bind(now).optional(conn).await
}

pub(super) async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    sql("delete from session where id = $1").bind(id).run(tx).await?;
    Ok(())
}

pub(super) async fn delete_expired(tx: &mut Tx, limit: i64) -> Result<u64> {
    let now = tx.now;
    sql("delete from session where id in (select id from session where expires_at <= $1 order by expires_at limit $2)")
        .bind(now)
        .bind(limit)
        .run(tx)
        .await
}
