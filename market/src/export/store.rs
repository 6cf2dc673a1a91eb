//! The table of exports, and the files of a member.

use super::{Claimed, Export, OwnFile};
use kernel::id::{ExportId, MemberId};
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

/// Selects exports that meet a condition.
macro_rules! select {
    ($condition:literal) => {
        sql(concat!(
            "select x.id, x.member_id, x.status, x.size, x.requested_at, x.expires_at, m.epoch from export x \
             join member m on m.id = x.member_id ",
            $condition
        ))
    };
}

/// Writes an export that is due at once.
pub(super) async fn insert(tx: &mut Tx, export: &Export) -> Result<()> {
    sql("insert into export (id, member_id, status, requested_at, due_at) values ($1, $2, $3, $4, $4)")
        .bind(&export.id)
        .bind(&export.member_id)
        .bind(export.status.as_str())
        .bind(export.requested_at)
        .run(tx)
        .await?;
    Ok(())
}

/// Finds an export.
pub(super) async fn find(conn: &mut Conn, id: &ExportId) -> Result<Option<Export>> {
    select!("where x.id = $1").bind(id).optional(conn).await
}

/// Finds the last export of a member.
pub(super) async fn last(conn: &mut Conn, member: &MemberId) -> Result<Option<Export>> {
    select!("where x.member_id = $1 order by x.requested_at desc, x.id desc limit 1").bind(member).optional(conn).await
}

/// Finds the export that a worker has to look at first.
pub(super) async fn due(conn: &mut Conn) -> Result<Option<Claimed>> {
    let now = conn.now;
    sql("select id, member_id, status, attempts, parts, due_at from export where due_at <= $1 order by due_at, id limit 1")
        .bind(now)
        .optional(conn)
        .await
}

/// Takes an export for one worker until a time; false if another one took it.
pub(super) async fn claim(tx: &mut Tx, claimed: &Claimed, until: Time) -> Result<bool> {
    let taken = sql("update export set due_at = $1, attempts = attempts + 1 where id = $2 and due_at = $3");
    Ok(taken.bind(until).bind(&claimed.id).bind(claimed.due_at).run(tx).await? == 1)
}

/// Notes the progress of a worker; false if the export is no longer built.
pub(super) async fn touch(tx: &mut Tx, id: &ExportId, parts: Option<&str>, until: Time) -> Result<bool> {
    let touched = sql("update export set due_at = $1, parts = coalesce($2, parts) where id = $3 and status = 'preparing'");
    Ok(touched.bind(until).bind(parts).bind(id).run(tx).await? == 1)
}

/// Completes an export; false if it is no longer built.
pub(super) async fn complete(tx: &mut Tx, id: &ExportId, size: i64, expires_at: Time) -> Result<bool> {
    let done = sql(
        "update export set status = 'ready', parts = null, size = $1, expires_at = $2, due_at = $2 where id = $3 and status = 'preparing'",
    );
    Ok(done.bind(size).bind(expires_at).bind(id).run(tx).await? == 1)
}

/// Gives an export up; its bytes are removed at a time.
pub(super) async fn give_up(tx: &mut Tx, id: &ExportId, removed_at: Time) -> Result<()> {
    sql("update export set status = 'failed', due_at = $1 where id = $2 and status = 'preparing'")
        .bind(removed_at)
        .bind(id)
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes an export whose bytes are gone.
pub(super) async fn delete(tx: &mut Tx, id: &ExportId) -> Result<()> {
    sql("delete from export where id = $1 and status <> 'preparing'").bind(id).run(tx).await?;
    Ok(())
}

/// Lists the files that a member sent and that are still there, from the one after another.
pub(super) async fn files(conn: &mut Conn, member: &MemberId, after: &str, limit: i64) -> Result<Vec<OwnFile>> {
    sql("select id, name, size from file where member_id = $1 and status = 'ready' and id > $2 order by id limit $3")
        .bind(member)
        .bind(after)
        .bind(limit)
        .long()
        .all(conn)
        .await
}
