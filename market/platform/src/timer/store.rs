//! The table of timers.

use super::{FailedTimer, Timer};
use crate::db::{Conn, Tx, sql};
use crate::mail::mail_timer;
use kernel::{Result, Time};

/// Sets a timer, replacing the one of the same id.
pub async fn set(tx: &mut Tx, timer: &Timer) -> Result<()> {
    if timer.due_at <= tx.now {
        tx.set_due();
    }
    sql("insert into timer (id, kind, subject, payload, due_at) values ($1, $2, $3, $4, $5) on conflict (id) do update set \
         kind = excluded.kind, subject = excluded.subject, payload = excluded.payload, due_at = excluded.due_at, \
         attempts = 0, leased_until = null, last_error = null, dead_at = null")
    .bind(&timer.id)
    .bind(&timer.kind)
    .bind(&timer.subject)
    .bind(&timer.payload)
    .bind(timer.due_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Returns true if a timer with this id and payload is set.
pub async fn has(conn: &mut Conn, id: &str, payload: &str) -> Result<bool> {
    Ok(sql("select count(*) from timer where id = $1 and payload = $2").bind(id).bind(payload).count(conn).await? > 0)
}

/// Deletes a timer; no error if there is none.
pub async fn clear(tx: &mut Tx, id: &str) -> Result<()> {
    sql("delete from timer where id = $1").bind(id).run(tx).await?;
    Ok(())
}

/// Defines a list of due timers without a lease, the longest due first; `$only` is its condition.
macro_rules! due {
    ($(#[$meta:meta])* $name:ident, $only:expr) => {
        $(#[$meta])*
        pub(super) async fn $name(conn: &mut Conn, limit: i64) -> Result<Vec<Timer>> {
            let now = conn.now;
            sql(concat!(
                "select id, kind, subject, payload, due_at, attempts from timer where due_at <= $1 and dead_at is null \
                 and (leased_until is null or leased_until <= $1) and ", $only, " order by due_at, id limit $2"
            ))
            .bind(now)
            .bind(limit)
            .all(conn)
            .await
        }
    };
}

due!(
    /// Lists due timers whose effect is inside the database.
    due_inside,
    concat!("kind <> '", mail_timer!(), "'")
);
due!(
    /// Lists due timers that are mail.
    due_emails,
    concat!("kind = '", mail_timer!(), "'")
);

/// Returns the time of the next timer without a lease.
pub async fn next_due(conn: &mut Conn) -> Result<Option<Time>> {
    sql(concat!(
        "select due_at from timer where dead_at is null and leased_until is null and kind <> '",
        mail_timer!(),
        "' order by due_at limit 1"
    ))
    .optional(conn)
    .await
}

/// Counts the timers that failed for good and wait for a person.
pub async fn dead(conn: &mut Conn) -> Result<i64> {
    sql("select count(*) from timer where dead_at is not null").count(conn).await
}

/// Lists the timers that failed for good, the newest first, those older than the number `before`.
pub async fn failed(conn: &mut Conn, before: Option<i64>, limit: i64) -> Result<Vec<FailedTimer>> {
    sql("select key, id, kind, subject, attempts, last_error, dead_at from timer where dead_at is not null \
         and (cast($1 as bigint) is null or key < $1) order by key desc limit $2")
    .bind(before)
    .bind(limit)
    .all(conn)
    .await
}

/// Makes a timer that failed for good due again, with all its attempts; false if it is none.
pub async fn try_again(tx: &mut Tx, id: &str) -> Result<bool> {
    let now = tx.now;
    tx.set_due();
    let again =
        sql("update timer set due_at = $1, attempts = 0, leased_until = null, dead_at = null where id = $2 and dead_at is not null");
    Ok(again.bind(now).bind(id).run(tx).await? == 1)
}

/// Deletes a timer if it is unchanged since it was read. The process that deletes it runs it.
pub(super) async fn take(tx: &mut Tx, timer: &Timer) -> Result<bool> {
    let taken = sql("delete from timer where id = $1 and kind = $2 and due_at = $3 and attempts = $4")
        .bind(&timer.id)
        .bind(&timer.kind)
        .bind(timer.due_at)
        .bind(timer.attempts)
        .run(tx)
        .await?;
    Ok(taken == 1)
}

/// Leases a timer until a time, if it is unchanged since it was read.
pub(super) async fn lease(tx: &mut Tx, timer: &Timer, until: Time) -> Result<bool> {
    let now = tx.now;
    let leased = sql("update timer set leased_until = $1 where id = $2 and due_at = $3 and attempts = $4 \
         and (leased_until is null or leased_until <= $5)")
    .bind(until)
    .bind(&timer.id)
    .bind(timer.due_at)
    .bind(timer.attempts)
    .bind(now)
    .run(tx)
    .await?;
    Ok(leased == 1)
}

/// Records a failure and the time of the next attempt; with `dead` there is none.
pub(super) async fn put_off(tx: &mut Tx, timer: &Timer, again: Time, why: &str, dead: Option<Time>) -> Result<()> {
    sql("update timer set attempts = attempts + 1, due_at = $1, leased_until = null, last_error = $2, dead_at = $3 \
         where id = $4 and due_at = $5 and attempts = $6")
    .bind(again)
    .bind(why)
    .bind(dead)
    .bind(&timer.id)
    .bind(timer.due_at)
    .bind(timer.attempts)
    .run(tx)
    .await?;
    Ok(())
}
