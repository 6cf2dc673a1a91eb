//! The table of idempotency keys and answers.

use super::{Answer, KEPT, Ticket};
use crate::SWEEP_BATCH;
use crate::db::{Conn, Tx, sql};
use kernel::Result;
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Found {
    pub fingerprint: String,
    #[serde(flatten)]
    pub answer: Answer,
}

/// Claims the key, unless an answer has it that is younger than the ticket's keeps. It waits for an uncommitted claim of the same key.
pub(super) async fn insert(tx: &mut Tx, ticket: &Ticket) -> Result<bool> {
    let now = tx.now;
    let taken = sql("insert into idempotency (scope, key, fingerprint, status, body, created_at)
         values ($1, $2, $3, 0, '', $4)
         on conflict (scope, key) do update
         set fingerprint = excluded.fingerprint, status = 0, body = '', created_at = excluded.created_at
         where idempotency.created_at < $5")
    .bind(&ticket.scope)
    .bind(&ticket.key)
    .bind(&ticket.fingerprint)
    .bind(now)
    .bind(now.before(ticket.kept))
    .run(tx)
    .await?;
    Ok(taken == 1)
}

pub(super) async fn find(conn: &mut Conn, ticket: &Ticket) -> Result<Option<Found>> {
    sql("select fingerprint, status, body from idempotency where scope = $1 and key = $2")
        .bind(&ticket.scope)
        .bind(&ticket.key)
        .optional(conn)
        .await
}

/// Returns true if there is an answer under the key, whatever the request was.
pub(super) async fn is_kept(conn: &mut Conn, ticket: &Ticket) -> Result<bool> {
    let since = conn.now.before(ticket.kept);
    let kept = sql("select count(*) from idempotency where scope = $1 and key = $2 and created_at >= $3");
    Ok(kept.bind(&ticket.scope).bind(&ticket.key).bind(since).count(conn).await? > 0)
}

pub(super) async fn update(tx: &mut Tx, ticket: &Ticket, answer: &Answer) -> Result<()> {
    sql("update idempotency set status = $3, body = $4 where scope = $1 and key = $2")
        .bind(&ticket.scope)
        .bind(&ticket.key)
        .bind(answer.status)
        .bind(&answer.body)
        .run(tx)
        .await?;
    Ok(())
}

/// Deletes answers older than [`KEPT`], at most [`SWEEP_BATCH`], and returns their number. A worker calls this.
pub async fn forget_old(tx: &mut Tx) -> Result<u64> {
    let before = tx.now.before(KEPT);
    sql("delete from idempotency where (scope, key) in \
         (select scope, key from idempotency where created_at < $1 order by created_at limit $2)")
    .bind(before)
    .bind(SWEEP_BATCH)
    .run(tx)
    .await
}
