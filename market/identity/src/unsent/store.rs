//! The table of unsent forms.

use kernel::id::MemberId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};

pub(super) async fn save(tx: &mut Tx, member: &MemberId, record: &str, expires_at: Time) -> Result<()> {
    sql("insert into unsent_form (member_id, record, expires_at) values ($1, $2, $3)
         on conflict (member_id) do update set record = excluded.record, expires_at = excluded.expires_at")
    .bind(member)
    .bind(record)
    .bind(expires_at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, member: &MemberId) -> Result<Option<String>> {
    let now = conn.now;
    sql("select record from unsent_form where member_id = $1 and expires_at > $2").bind(member).bind(now).optional(conn).await
}

pub(super) async fn delete(tx: &mut Tx, member: &MemberId) -> Result<()> {
    sql("delete from unsent_form where member_id = $1").bind(member).run(tx).await?;
    Ok(())
}

pub(super) async fn delete_expired(tx: &mut Tx, limit: i64) -> Result<u64> {
    let now = tx.now;
    sql("delete from unsent_form where member_id in \
         (select member_id from unsent_form where expires_at <= $1 order by expires_at limit $2)")
    .bind(now)
    .bind(limit)
    .run(tx)
    .await
}
