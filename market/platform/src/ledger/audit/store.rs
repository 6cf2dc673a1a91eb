//! Queries that find unsound rows of the ledger.

use super::Finding;
use crate::db::{Conn, sql};
use crate::ledger::{Purpose, Reason};
use kernel::{Money, Result, Time};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct PostedLeg {
    pub(super) seq: i64,
    pub(super) id: String,
    pub(super) reason: Reason,
    pub(super) subject: String,
    pub(super) posted_at: Time,
    pub(super) hash: String,
    pub(super) account_id: String,
    pub(super) purpose: Purpose,
    pub(super) amount: Money,
}

#[derive(Deserialize)]
pub(super) struct ChainHead {
    pub(super) seq: i64,
    pub(super) hash: String,
}

/// Finds entries whose legs do not sum to zero.
pub(super) async fn lopsided(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select e.id, cast(sum(l.amount) as bigint) as off from leg l join entry e on e.key = l.entry_key group by e.id having sum(l.amount) <> 0 limit 100")
        .all(conn)
        .await
}

/// Finds accounts whose balance differs from the sum of their legs.
pub(super) async fn drifted(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select a.id, cast(a.balance - coalesce(sum(l.amount), 0) as bigint) as off from account a \
         left join leg l on l.account_key = a.key group by a.id, a.balance having a.balance <> coalesce(sum(l.amount), 0) limit 100")
    .all(conn)
    .await
}

/// Finds accounts below zero that may not be.
pub(super) async fn overdrawn(conn: &mut Conn) -> Result<Vec<Finding>> {
    sql("select id, balance as off from account where balance < 0 and purpose not in ('provider', 'debt') limit 100").all(conn).await
}

/// Returns the legs of the next entries after a number, entry by entry.
pub(super) async fn lines(conn: &mut Conn, after: i64, entries: i64) -> Result<Vec<PostedLeg>> {
    sql("select e.seq, e.id, e.reason, e.subject, e.posted_at, e.hash, a.id as account_id, a.purpose, l.amount \
         from entry e join leg l on l.entry_key = e.key join account a on a.key = l.account_key \
         where e.seq > $1 and e.seq <= $1 + $2 order by e.seq, a.id")
    .bind(after)
    .bind(entries)
    .all(conn)
    .await
}

/// Counts the entries that have no number yet.
pub(super) async fn waiting(conn: &mut Conn) -> Result<i64> {
    sql("select count(*) from entry where seq is null").count(conn).await
}

/// Returns the number of the last entry.
pub(super) async fn last(conn: &mut Conn) -> Result<i64> {
    sql("select cast(coalesce(max(seq), 0) as bigint) from entry").count(conn).await
}

/// Returns the recorded end of the chain.
pub(super) async fn head(conn: &mut Conn) -> Result<Option<ChainHead>> {
    sql("select seq, hash from chain_head where chain = 'entry'").optional(conn).await
}
