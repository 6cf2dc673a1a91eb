//! The table of sessions.

use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

pub(super) async fn insert(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    sql("insert into session (id, record, expires_at) values ($1, $2, $3)").bind(id).bind(record).bind(expires_at).run(tx).await?;
    Ok(())
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
