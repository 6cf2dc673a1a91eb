//! The table of idempotency keys and answers.

use super::{Answer, KEPT, Ticket};
use crate::SWEEP_BATCH;
use crate::db::{Conn, Tx, sql};
use kernel::{Error, Result};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Found {
    pub fingerprint: String,
    #[serde(flatten)]
    pub answer: Answer,
}

/// The result of a claim: whether the key was free, and its answer, if the statement saw one.
#[derive(Deserialize)]
struct Claimed {
    is_free: bool,
    fingerprint: Option<String>,
    status: Option<i64>,
    body: Option<String>,
}

/// Locks the key until this transaction ends and finds its answer. It waits for a transaction that has locked the key.
///
/// That one may end between the moment that the statement sees and its lock: then [`insert`] meets the answer.
pub(super) async fn lock_and_find(tx: &mut Tx, ticket: &Ticket) -> Result<Option<Found>> {
    let since = tx.now.before(ticket.kept);
    let claimed = sql("select case when pg_try_advisory_xact_lock($1) then 1 else 0 end as is_free, i.fingerprint, i.status, i.body \
         from (select 1) as one left join idempotency i on i.claim in ($2, $3) and i.created_at >= $4");
    let claimed = claimed.bind(ticket.number()).bind(ticket.claim()).bind(ticket.old_claim()).bind(since);
    let Claimed { is_free, fingerprint, status, body } = claimed.optional(tx).await?.ok_or_else(Error::internal)?;
    if !is_free {
        sql("select count(*) from pg_advisory_xact_lock($1)").bind(ticket.number()).count(tx).await?;
        return find(tx, ticket).await;
    }
    let found = fingerprint.zip(status).zip(body);
    Ok(found.map(|((fingerprint, status), body)| Found { fingerprint, answer: Answer { status, body } }))
}

/// Finds an answer that is not older than the ticket allows.
pub(super) async fn find(conn: &mut Conn, ticket: &Ticket) -> Result<Option<Found>> {
    let since = conn.now.before(ticket.kept);
    sql("select fingerprint, status, body from idempotency where claim in ($1, $2) and created_at >= $3")
        .bind(ticket.claim())
        .bind(ticket.old_claim())
        .bind(since)
        .optional(conn)
        .await
}

/// Returns true if there is an answer under the key, whatever the request was.
pub(super) async fn is_kept(conn: &mut Conn, ticket: &Ticket) -> Result<bool> {
    let since = conn.now.before(ticket.kept);
    let kept = sql("select count(*) from idempotency where claim in ($1, $2) and created_at >= $3");
    Ok(kept.bind(ticket.claim()).bind(ticket.old_claim()).bind(since).count(conn).await? > 0)
}

/// Writes an answer in place of an expired one, if there is one; false if there is one that holds.
pub(super) async fn insert(tx: &mut Tx, ticket: &Ticket, answer: &Answer) -> Result<bool> {
    if append(tx, ticket, answer).await? {
        return Ok(true);
    }
    let before = tx.now.before(ticket.kept);
    let expired = sql("delete from idempotency where claim = $1 and created_at < $2");
    let expired = expired.bind(ticket.claim()).bind(before).run(tx).await?;
    Ok(expired == 1 && append(tx, ticket, answer).await?)
}

/// Adds an answer to the end of the table; false if there is one under the key.
async fn append(tx: &mut Tx, ticket: &Ticket, answer: &Answer) -> Result<bool> {
    let now = tx.now;
    let written = sql("insert into idempotency (claim, fingerprint, status, body, created_at) values ($1, $2, $3, $4, $5) \
         on conflict (claim) do nothing")
    .bind(ticket.claim())
    .bind(&ticket.fingerprint)
    .bind(answer.status)
    .bind(&answer.body)
    .bind(now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

/// Deletes answers older than [`KEPT`], at most [`SWEEP_BATCH`], and returns their number. A worker calls this. The rows lie in the order
/// of their time.
pub async fn forget_old(tx: &mut Tx) -> Result<u64> {
    let before = tx.now.before(KEPT);
    sql("delete from idempotency where key in (select key from idempotency order by key limit $2) and created_at < $1")
        .bind(before)
        .bind(SWEEP_BATCH)
        .run(tx)
        .await
}
