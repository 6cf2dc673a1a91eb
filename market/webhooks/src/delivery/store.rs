//! The tables of deliveries and attempts.

use super::{Attempt, Delivery, State};
use kernel::id::DeliveryId;
use kernel::page::OFFSET_MAX;
use kernel::{Page, Paging, Result, Time};
use platform::db::{Conn, ManyRows, Query, Tx, sql};
use serde::Deserialize;
use std::sync::LazyLock;

/// A delivery before it is written.
#[derive(Clone, Debug)]
pub(super) struct New {
    pub(super) id: DeliveryId,
    pub(super) endpoint_key: i64,
    /// The number of the event; none for a test.
    pub(super) event_seq: Option<i64>,
    pub(super) event: String,
    pub(super) event_at: Time,
    pub(super) body: String,
}

/// Writes a delivery that is due now; false if the endpoint has one of the event already.
pub(super) async fn insert(tx: &mut Tx, new: &New) -> Result<bool> {
    let now = tx.now;
    let written = sql("insert into delivery (id, endpoint_key, event_seq, event, event_at, body, state, next_at, created_at) \
         values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $7) on conflict (endpoint_key, event_seq) do nothing")
    .bind(&new.id)
    .bind(new.endpoint_key)
    .bind(new.event_seq)
    .bind(&new.event)
    .bind(new.event_at)
    .bind(&new.body)
    .bind(now)
    .run(tx)
    .await?;
    Ok(written == 1)
}

static INSERT: LazyLock<ManyRows> = LazyLock::new(|| {
    let head = "insert into delivery (id, endpoint_key, event_seq, event, event_at, body, state, next_at, created_at) values";
    ManyRows::new(head, 9, " on conflict (endpoint_key, event_seq) do nothing")
});

/// Writes deliveries that are due now, but none of an event of which the endpoint has one already.
pub(super) async fn insert_all(tx: &mut Tx, all: &[New]) -> Result<()> {
    let now = tx.now;
    let row = |query: Query, new: &New| {
        let query = query.bind(&new.id).bind(new.endpoint_key).bind(new.event_seq).bind(&new.event).bind(new.event_at);
        query.bind(&new.body).bind(State::Waiting.as_str()).bind(now).bind(now)
    };
    for (text, some) in INSERT.batches(all) {
        some.iter().fold(sql(text), row).run(tx).await?;
    }
    Ok(())
}

/// A delivery with its internal keys and its body.
#[derive(Deserialize)]
pub(super) struct Row {
    pub(super) key: i64,
    pub(super) endpoint_key: i64,
    pub(super) body: String,
    pub(super) leased_until: Option<Time>,
    #[serde(flatten)]
    pub(super) delivery: Delivery,
}

/// Finds a delivery to an endpoint that was not deleted.
pub(super) async fn find(conn: &mut Conn, team: &str, id: &DeliveryId) -> Result<Option<Row>> {
    sql("select d.key, d.endpoint_key, d.body, d.leased_until, d.id, e.id as endpoint_id, d.event, d.event_at, d.state, d.attempts, \
         d.next_at, d.created_at, d.ended_at, t.status as last_status, t.latency_ms as last_latency_ms \
         from delivery d join endpoint e on e.key = d.endpoint_key \
         left join attempt t on t.delivery_key = d.key and t.nth = d.attempts \
         where d.id = $1 and e.team_id = $2 and e.deleted_at is null")
    .bind(id)
    .bind(team)
    .optional(conn)
    .await
}

/// Lists the attempts of a delivery, the last ones first.
pub(super) async fn attempts(conn: &mut Conn, key: i64, limit: i64) -> Result<Vec<Attempt>> {
    sql("select nth, at, status, latency_ms, answer, error from attempt where delivery_key = $1 order by nth desc limit $2")
        .bind(key)
        .bind(limit)
        .all(conn)
        .await
}

/// Selects the deliveries of endpoint `$1` whose keys a statement finds.
macro_rules! listed {
    ($keys:literal) => {
        concat!(
            "select d.id, e.id as endpoint_id, d.event, d.event_at, d.state, d.attempts, d.next_at, d.created_at, d.ended_at, \
             t.status as last_status, t.latency_ms as last_latency_ms from delivery d join endpoint e on e.key = d.endpoint_key \
             left join attempt t on t.delivery_key = d.key and t.nth = d.attempts where d.key in (",
            $keys,
            ") order by d.key desc"
        )
    };
}

/// Lists the deliveries of an endpoint in one state, newest first.
pub(super) async fn list_of(conn: &mut Conn, endpoint_key: i64, state: State, paging: Paging) -> Result<Page<Delivery>> {
    let counted = sql("select count(*) from (select key from delivery where endpoint_key = $1 and state = $2 limit $3) as counted");
    let total = counted.bind(endpoint_key).bind(state.as_str()).bind(OFFSET_MAX).count(conn).await?;
    let items = sql(listed!("select key from delivery where endpoint_key = $1 and state = $4 order by key desc limit $2 offset $3"));
    let items = items.bind(endpoint_key).page(paging).bind(state.as_str()).all(conn).await?;
    Ok(Page::new(items, total, paging))
}

/// Lists the deliveries of an endpoint, newest first: the newest of each state are read by its index, and of those the newest.
pub(super) async fn list(conn: &mut Conn, endpoint_key: i64, paging: Paging) -> Result<Page<Delivery>> {
    let counted = sql("select count(*) from (select key from delivery where endpoint_key = $1 limit $2) as counted");
    let total = counted.bind(endpoint_key).bind(OFFSET_MAX).count(conn).await?;
    let items = sql(listed!(
        "select key from (select key from (select key from delivery where endpoint_key = $1 and state = 'waiting' \
         order by key desc limit $2 + $3) as waiting union all select key from (select key from delivery where endpoint_key = $1 \
         and state = $4 order by key desc limit $2 + $3) as delivered union all select key from (select key from delivery \
         where endpoint_key = $1 and state = 'failed' order by key desc limit $2 + $3) as failed) as newest \
         order by key desc limit $2 offset $3"
    ));
    let items = items.bind(endpoint_key).page(paging).bind(State::Delivered.as_str()).all(conn).await?;
    Ok(Page::new(items, total, paging))
}

/// Lists the deliveries of one event to an endpoint, newest first, all or those in one state: of the last [`OFFSET_MAX`] of that event.
pub(super) async fn list_of_event(
    conn: &mut Conn,
    endpoint_key: i64,
    event: &str,
    state: Option<State>,
    paging: Paging,
) -> Result<Page<Delivery>> {
    let state = state.map_or("", State::as_str);
    let counted =
        sql("select count(*) from (select state from delivery where endpoint_key = $1 and event = $2 order by key desc limit $3) \
         as named where $4 = '' or state = $4");
    let total = counted.bind(endpoint_key).bind(event).bind(OFFSET_MAX).bind(state).count(conn).await?;
    let items = sql(listed!(
        "select key from (select key, state from delivery where endpoint_key = $1 and event = $4 order by key desc limit $6) as named \
         where $5 = '' or state = $5 order by key desc limit $2 offset $3"
    ));
    let items = items.bind(endpoint_key).page(paging).bind(event).bind(state).bind(OFFSET_MAX).all(conn).await?;
    Ok(Page::new(items, total, paging))
}

/// Finds a delivery to an endpoint.
pub(super) async fn find_in(conn: &mut Conn, endpoint_key: i64, id: &DeliveryId) -> Result<Option<Delivery>> {
    sql(listed!("select key from delivery where endpoint_key = $1 and id = $2")).bind(endpoint_key).bind(id).optional(conn).await
}

/// Counts the tests of an endpoint since a time, up to a limit.
pub(super) async fn count_tests(conn: &mut Conn, endpoint_key: i64, since: Time, limit: i64) -> Result<i64> {
    let counted = sql("select count(*) from (select key from delivery where endpoint_key = $1 and event_seq is null \
         and created_at > $2 limit $3) as tests");
    counted.bind(endpoint_key).bind(since).bind(limit).count(conn).await
}

/// Makes a delivery due now, with all its tries, unless a process sends it; false then.
pub(super) async fn rearm(tx: &mut Tx, key: i64) -> Result<bool> {
    let now = tx.now;
    let armed = sql("update delivery set state = 'waiting', tries = 0, next_at = $1, leased_until = null, ended_at = null \
         where key = $2 and (leased_until is null or leased_until <= $1)");
    Ok(armed.bind(now).bind(key).run(tx).await? == 1)
}

/// The time of the events that are sent again, and whether those are among them that were delivered.
pub(super) struct Range {
    pub(super) since: Time,
    pub(super) until: Time,
    pub(super) with_delivered: bool,
}

/// Makes ended deliveries of a range due now, with all their tries; at most `limit`, the oldest first.
pub(super) async fn rearm_range(tx: &mut Tx, endpoint_key: i64, range: &Range, limit: i64) -> Result<u64> {
    let now = tx.now;
    sql("update delivery set state = 'waiting', tries = 0, next_at = $1, leased_until = null, ended_at = null where key in \
         (select key from delivery where endpoint_key = $2 and event_seq is not null and event_at >= $3 and event_at < $4 \
         and (state = 'failed' or (state = $7 and $5 = 1)) order by key limit $6)")
    .bind(now)
    .bind(endpoint_key)
    .bind(range.since)
    .bind(range.until)
    .bind(range.with_delivered)
    .bind(limit)
    .bind(State::Delivered.as_str())
    .run(tx)
    .await
}

#[derive(Deserialize)]
struct Aged {
    key: i64,
    created_at: Time,
}

/// Returns the key up to which the deliveries are older than a time, among the first `limit`, and their number.
pub(super) async fn old(conn: &mut Conn, before: Time, limit: i64) -> Result<Option<(i64, u64)>> {
    // Most of the time the first one is young, and one row says so.
    let oldest: Option<Aged> = sql("select key, created_at from delivery order by key limit 1").optional(conn).await?;
    if oldest.is_none_or(|row| row.created_at >= before) {
        return Ok(None);
    }
    let first: Vec<Aged> = sql("select key, created_at from delivery order by key limit $1").bind(limit).all(conn).await?;
    let old: Vec<_> = first.into_iter().take_while(|row| row.created_at < before).collect();
    Ok(old.last().map(|last| (last.key, old.len() as u64)))
}

/// Deletes the deliveries up to a key, with their attempts.
pub(super) async fn delete_upto(tx: &mut Tx, key: i64) -> Result<()> {
    sql("delete from attempt where delivery_key <= $1").bind(key).run(tx).await?;
    sql("delete from delivery where key <= $1").bind(key).run(tx).await?;
    Ok(())
}

/// Deletes deliveries of an endpoint, with their attempts; at most `limit`, and returns their number.
pub(super) async fn delete_of(tx: &mut Tx, endpoint_key: i64, limit: i64) -> Result<u64> {
    sql("delete from attempt where delivery_key in \
         (select key from delivery where endpoint_key = $1 order by state, key limit $2)")
    .bind(endpoint_key)
    .bind(limit)
    .run(tx)
    .await?;
    sql("delete from delivery where key in (select key from delivery where endpoint_key = $1 order by state, key limit $2)")
        .bind(endpoint_key)
        .bind(limit)
        .run(tx)
        .await
}
