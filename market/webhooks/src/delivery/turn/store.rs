//! The statements of a sender's turn: the health of endpoints, and the claims and outcomes of their deliveries.
//!
//! The row of an endpoint is held before any other statement on it. `due_at` is the next time to look at its deliveries.

use crate::delivery::claim::IN_FLIGHT_MAX;
use crate::delivery::health::Health;
use crate::delivery::{Attempted, Lease, State};
use crate::wire::Dialect;
use kernel::id::{DeliveryId, EndpointId, TeamId};
use kernel::{Result, Time};
use platform::db::{Conn, ManyRows, PLACES, Query, Tx, places, sql};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The number of keys for which a statement has places.
const KEYS: usize = 32;

/// The parameters `$1` to `$32`, for `key in (…)`. [`with_keys`] fills them.
macro_rules! keys {
    () => {
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, \
         $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32"
    };
}

/// Binds [`KEYS`] parameters: these keys first, then zeros, which are the keys of nothing.
fn with_keys(query: Query, keys: &[i64]) -> Query {
    (0..KEYS).fold(query, |query, n| query.bind(keys.get(n).copied().unwrap_or_default()))
}

/// Lists endpoints that are to be looked at, the longest due first, but none of these teams.
pub(crate) async fn ready(conn: &mut Conn, but: &[&TeamId], limit: i64) -> Result<Vec<i64>> {
    let now = conn.now;
    let listed =
        sql(concat!("select key from endpoint where due_at <= $101 and team_id not in (", places!(), ") order by due_at, key limit $102"));
    listed.bind_places(but.iter().take(PLACES).map(|team| team.as_str())).bind(now).bind(limit).all(conn).await
}

/// An endpoint whose row is held.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) key: i64,
    pub(crate) id: EndpointId,
    pub(crate) team_id: TeamId,
    pub(crate) url: String,
    pub(crate) dialect: Dialect,
    /// The encrypted secret.
    pub(crate) secret: String,
    pub(crate) previous_secret: Option<String>,
    pub(crate) previous_until: Option<Time>,
    /// The health as it was found, and as it is after the turn.
    pub(crate) before: Health,
    pub(crate) health: Health,
}

#[derive(Deserialize)]
struct Held {
    id: EndpointId,
    team_id: TeamId,
    url: String,
    dialect: Dialect,
    secret: String,
    previous_secret: Option<String>,
    previous_until: Option<Time>,
    #[serde(flatten)]
    health: Health,
}

/// Holds the row of an endpoint until the transaction ends, and reads it; none if the endpoint was deleted.
pub(crate) async fn hold(tx: &mut Tx, key: i64) -> Result<Option<Place>> {
    let held = sql("update endpoint set failures = failures where key = $1 and deleted_at is null returning id, team_id, url, dialect, \
         secret, previous_secret, previous_until, status, failing_since, failures, probed_key, due_at, disabled_reason");
    let held: Option<Held> = held.bind(key).optional(tx).await?;
    Ok(held.map(|row| Place {
        key,
        id: row.id,
        team_id: row.team_id,
        url: row.url,
        dialect: row.dialect,
        secret: row.secret,
        previous_secret: row.previous_secret,
        previous_until: row.previous_until,
        before: row.health.clone(),
        health: row.health,
    }))
}

/// Stores the health of endpoints, as far as it changed. Of most the next time to look at them changed alone, and to one of few values.
pub(crate) async fn save(tx: &mut Tx, places: &BTreeMap<i64, Place>) -> Result<()> {
    let mut by_time: BTreeMap<Option<Time>, Vec<i64>> = BTreeMap::new();
    for place in places.values().filter(|place| place.health != place.before) {
        let health = &place.health;
        match (Health { due_at: place.before.due_at, ..health.clone() }) == place.before {
            true => by_time.entry(health.due_at).or_default().push(place.key),
            false => set_health(tx, place.key, health).await?,
        }
    }
    for (due_at, all) in by_time {
        for some in all.chunks(KEYS) {
            let set = sql(concat!("update endpoint set due_at = $33 where status = 'active' and key in (", keys!(), ")"));
            with_keys(set, some).bind(due_at).run(tx).await?;
        }
    }
    Ok(())
}

/// Stores the health of an active endpoint.
async fn set_health(tx: &mut Tx, key: i64, health: &Health) -> Result<()> {
    sql("update endpoint set failing_since = $1, failures = $2, due_at = $3, probed_key = $4 where key = $5 and status = 'active'")
        .bind(health.failing_since)
        .bind(health.failures)
        .bind(health.due_at)
        .bind(health.probed_key)
        .bind(key)
        .run(tx)
        .await?;
    Ok(())
}

#[derive(Deserialize)]
struct Counted {
    endpoint_key: i64,
    count: i64,
}

/// Counts the deliveries that some process sends now, up to [`IN_FLIGHT_MAX`], for each of these endpoints.
pub(crate) async fn in_flight(conn: &mut Conn, endpoints: &[i64]) -> Result<BTreeMap<i64, i64>> {
    let (now, mut counts) = (conn.now, BTreeMap::new());
    for some in endpoints.chunks(KEYS) {
        // Order and limit make PostgreSQL walk the index, which marks entries of ended leases as dead. Otherwise it would collect these
        // first, again and again until a vacuum.
        let counted = sql(concat!(
            "select e.key as endpoint_key, (select count(*) from (select 1 from delivery d where d.endpoint_key = e.key \
             and d.leased_until > $33 order by d.leased_until limit $34) sent) as count from endpoint e where e.key in (",
            keys!(),
            ")"
        ));
        let rows: Vec<Counted> = with_keys(counted, some).bind(now).bind(IN_FLIGHT_MAX).all(conn).await?;
        counts.extend(rows.into_iter().map(|row| (row.endpoint_key, row.count)));
    }
    Ok(counts)
}

/// A delivery that waited for its turn.
#[derive(Debug, Deserialize)]
pub(crate) struct Waiting {
    pub(crate) key: i64,
    pub(crate) id: DeliveryId,
    pub(crate) event: String,
    pub(crate) event_at: Time,
    pub(crate) body: String,
    pub(crate) tries: i64,
    pub(crate) attempts: i64,
}

/// Leases the first deliveries of an endpoint after a key that are due and that no process sends; returns them in any order.
pub(crate) async fn lease(tx: &mut Tx, endpoint_key: i64, after: i64, until: Time, limit: i64) -> Result<Vec<Waiting>> {
    let now = tx.now;
    sql("update delivery set leased_until = $4 where state = 'waiting' and (leased_until is null or leased_until <= $3) and key in \
         (select key from delivery where endpoint_key = $1 and state = 'waiting' and key > $2 and next_at <= $3 \
         and (leased_until is null or leased_until <= $3) order by key limit $5) \
         returning key, id, event, event_at, body, tries, attempts")
    .bind(endpoint_key)
    .bind(after)
    .bind(now)
    .bind(until)
    .bind(limit)
    .all(tx)
    .await
}

/// Returns when the next delivery of an endpoint is due or its lease is over.
pub(crate) async fn next_due(conn: &mut Conn, endpoint_key: i64) -> Result<Option<Time>> {
    let now = conn.now;
    let next: Option<Option<Time>> = sql("select min(case when leased_until > $2 then leased_until else next_at end) as next_at \
         from delivery where endpoint_key = $1 and state = 'waiting'")
    .bind(endpoint_key)
    .bind(now)
    .optional(conn)
    .await?;
    Ok(next.flatten())
}

/// A delivery whose attempt was ended, with the number of the attempt.
#[derive(Deserialize)]
struct Numbered {
    key: i64,
    attempts: i64,
}

/// Ends attempts that were taken under their leases; returns the number of each by the key of its delivery. Those are left out whose
/// lease is another one's, or whose delivery is over.
pub(crate) async fn end_taken(tx: &mut Tx, leases: &[Lease]) -> Result<BTreeMap<i64, i64>> {
    let mut by_end: BTreeMap<Time, Vec<i64>> = BTreeMap::new();
    for lease in leases {
        by_end.entry(lease.until).or_default().push(lease.key);
    }
    let (now, mut numbers) = (tx.now, BTreeMap::new());
    for (until, all) in by_end {
        for some in all.chunks(KEYS) {
            let ended = sql(concat!(
                "update delivery set state = $34, next_at = null, ended_at = $35, tries = tries + 1, attempts = attempts + 1, \
                 leased_until = null where leased_until = $33 and state = 'waiting' and key in (",
                keys!(),
                ") returning key, attempts"
            ));
            let ended = with_keys(ended, some).bind(until).bind(State::Delivered.as_str()).bind(now);
            numbers.extend(ended.all::<Numbered>(tx).await?.into_iter().map(|row| (row.key, row.attempts)));
        }
    }
    Ok(numbers)
}

/// The state of a delivery after an attempt that failed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ended {
    pub(crate) state: State,
    pub(crate) next_at: Option<Time>,
}

/// Ends an attempt under its lease and returns its number; none if the lease is another one's, or the delivery is over.
pub(crate) async fn end(tx: &mut Tx, lease: &Lease, ended: Ended) -> Result<Option<i64>> {
    let ended_at = (ended.state != State::Waiting).then_some(tx.now);
    let done =
        sql("update delivery set state = $1, next_at = $2, ended_at = $3, tries = $4, attempts = attempts + 1, leased_until = null \
         where key = $5 and state = 'waiting' and leased_until = $6 returning attempts");
    let done = done.bind(ended.state.as_str()).bind(ended.next_at).bind(ended_at).bind(lease.tries).bind(lease.key).bind(lease.until);
    done.optional(tx).await
}

/// Ends an attempt whose lease was over and returns its number; none if the delivery was swept. A delivery that was taken is
/// delivered, whoever holds it now.
pub(crate) async fn end_late(tx: &mut Tx, lease: &Lease, is_taken: bool) -> Result<Option<i64>> {
    let now = tx.now;
    if is_taken {
        let taken = sql("update delivery set state = $3, next_at = null, ended_at = $1, attempts = attempts + 1, leased_until = null \
             where key = $2 and state = 'waiting' returning attempts");
        let taken: Option<i64> = taken.bind(now).bind(lease.key).bind(State::Delivered.as_str()).optional(tx).await?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
    sql("update delivery set attempts = attempts + 1 where key = $1 returning attempts").bind(lease.key).optional(tx).await
}

/// An attempt before it is written.
pub(crate) struct NewAttempt<'a> {
    pub(crate) attempted: &'a Attempted,
    pub(crate) nth: i64,
    pub(crate) answer: Option<String>,
    pub(crate) error: Option<String>,
}

static INSERT: LazyLock<ManyRows> =
    LazyLock::new(|| ManyRows::new("insert into attempt (delivery_key, nth, at, status, latency_ms, answer, error) values", 7, ""));

/// Writes attempts down.
pub(crate) async fn insert_attempts(tx: &mut Tx, attempts: &[NewAttempt<'_>]) -> Result<()> {
    for (text, some) in INSERT.batches(attempts) {
        some.iter().fold(sql(text), with_attempt).run(tx).await?;
    }
    Ok(())
}

/// Binds the values of an attempt.
fn with_attempt(query: Query, new: &NewAttempt<'_>) -> Query {
    query
        .bind(new.attempted.lease.key)
        .bind(new.nth)
        .bind(new.attempted.at)
        .bind(new.attempted.outcome.status().map(i64::from))
        .bind(new.attempted.latency_ms)
        .bind(new.answer.clone())
        .bind(new.error.clone())
}
