//! The statements that number rows.

use super::Link;
use crate::db::{Conn, Heads, sql};
use crate::ledger::{Purpose, Reason};
use kernel::{Error, Money, Result, Time};
use serde::Deserialize;

/// Reports whether committed rows wait for their numbers.
pub(crate) async fn is_needed(conn: &mut Conn) -> Result<bool> {
    let waiting = sql("select count(*) from (select key from waiting_event limit 1) as event \
         full join (select key from entry where seq is null limit 1) as entry on true");
    Ok(waiting.count(conn).await? > 0)
}

#[derive(Deserialize)]
struct ChainHead {
    chain: String,
    seq: i64,
    hash: String,
}

/// Locks the heads of both chains and returns them.
pub(super) async fn lock(conn: &mut Conn) -> Result<Heads> {
    let rows: Vec<ChainHead> =
        sql("select chain, seq, hash from chain_head where chain in ('entry', 'event') order by chain for update").all(conn).await?;
    let mut heads = Heads::default();
    for row in rows {
        match row.chain.as_str() {
            "entry" => (heads.entry, heads.hash) = (row.seq, row.hash),
            _ => heads.event = row.seq,
        }
    }
    Ok(heads)
}

/// Moves the next events to their table, each with its number, and to those who receive them; returns how many. It is one statement, so
/// that all of its parts see the same rows.
pub(super) async fn number_events(conn: &mut Conn, limit: i64) -> Result<i64> {
    let found: Option<i64> = sql("with taken as ( \
             delete from waiting_event where key in (select key from waiting_event order by key limit $1) returning * \
         ), numbered as ( \
             select t.*, h.seq + row_number() over (order by t.key) as seq from taken t cross join chain_head h where h.chain = 'event' \
         ), heard as ( \
             insert into event_audience (topic, seq) select a.topic, n.seq from numbered n \
             cross join lateral unnest(string_to_array(n.team_id || ' ' || n.audience, ' ')) as a (topic) where a.topic <> '' \
         ), told as ( \
             insert into event (seq, id, type, team_id, subject, payload, at, audience, job_key) \
             select n.seq, n.id, n.type, n.team_id, n.subject, n.payload, n.at, n.audience, j.key from numbered n left join job j on j.id = n.subject \
         ), head as ( \
             update chain_head set seq = seq + (select count(*) from numbered) \
             where chain = 'event' and exists (select 1 from numbered) \
         ) select count(*) from numbered")
    .bind(limit)
    .optional(conn)
    .await?;
    found.ok_or_else(Error::internal)
}

/// A leg of an entry that has no number yet.
#[derive(Deserialize)]
pub(super) struct WaitingLeg {
    pub(super) key: i64,
    pub(super) id: String,
    pub(super) reason: Reason,
    pub(super) subject: String,
    pub(super) posted_at: Time,
    pub(super) account_id: String,
    pub(super) purpose: Purpose,
    pub(super) amount: Money,
}

/// Returns the legs of the next entries without a number, entry by entry.
pub(super) async fn waiting_entries(conn: &mut Conn, entries: i64) -> Result<Vec<WaitingLeg>> {
    sql("select e.key, e.id, e.reason, e.subject, e.posted_at, a.id as account_id, a.purpose, l.amount \
         from (select * from entry where seq is null order by key limit $1) e \
         join leg l on l.entry_key = e.key join account a on a.key = l.account_key order by e.key")
    .bind(entries)
    .all(conn)
    .await
}

/// Writes the numbers and hashes of entries, and the new end of their chain.
pub(super) async fn save_links(conn: &mut Conn, links: &[Link], heads: &Heads) -> Result<()> {
    let links = serde_json::to_string(links).map_err(|_| Error::internal())?;
    sql("update entry set seq = n.seq, hash = n.hash from json_to_recordset(cast($1 as json)) as n (key bigint, seq bigint, hash text) \
         where entry.key = n.key")
    .bind(links)
    .run(conn)
    .await?;
    sql("update chain_head set seq = $1, hash = $2 where chain = 'entry'").bind(heads.entry).bind(&heads.hash).run(conn).await?;
    Ok(())
}
