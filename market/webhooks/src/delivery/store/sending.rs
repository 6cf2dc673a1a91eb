//! The statements of claims and outcomes. The row of the endpoint is locked before any of them.

use crate::delivery::{Attempted, Lease, State};
use kernel::id::DeliveryId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// A delivery that waits for its turn.
#[derive(Debug, Deserialize)]
pub(in crate::delivery) struct Waiting {
    pub(in crate::delivery) key: i64,
    pub(in crate::delivery) id: DeliveryId,
    pub(in crate::delivery) event: String,
    pub(in crate::delivery) event_at: Time,
    pub(in crate::delivery) body: String,
    pub(in crate::delivery) tries: i64,
    pub(in crate::delivery) attempts: i64,
}

/// Counts the deliveries of an endpoint that some process sends now.
pub(in crate::delivery) async fn in_flight(conn: &mut Conn, endpoint_key: i64) -> Result<i64> {
    let now = conn.now;
    sql("select count(*) from delivery where endpoint_key = $1 and leased_until > $2").bind(endpoint_key).bind(now).count(conn).await
}

/// Lists deliveries of an endpoint that are due and that no process sends, in the order of their events, those after a key.
pub(in crate::delivery) async fn due(conn: &mut Conn, endpoint_key: i64, after: i64, limit: i64) -> Result<Vec<Waiting>> {
    let now = conn.now;
    sql("select key, id, event, event_at, body, tries, attempts from delivery where endpoint_key = $1 and state = 'waiting' and key > $2 \
         and next_at <= $3 and (leased_until is null or leased_until <= $3) order by key limit $4")
    .bind(endpoint_key)
    .bind(after)
    .bind(now)
    .bind(limit)
    .all(conn)
    .await
}

/// Leases a delivery until a time; false if it is leased or over.
pub(in crate::delivery) async fn lease(tx: &mut Tx, key: i64, until: Time) -> Result<bool> {
    let now = tx.now;
    let leased = sql("update delivery set leased_until = $1 where key = $2 and state = 'waiting' \
         and (leased_until is null or leased_until <= $3)");
    Ok(leased.bind(until).bind(key).bind(now).run(tx).await? == 1)
}

/// Returns when the next delivery of an endpoint is due or its lease is over.
pub(in crate::delivery) async fn next_due(conn: &mut Conn, endpoint_key: i64) -> Result<Option<Time>> {
    let now = conn.now;
    let next: Option<Option<Time>> = sql("select min(case when leased_until > $2 then leased_until else next_at end) as next_at \
         from delivery where endpoint_key = $1 and state = 'waiting'")
    .bind(endpoint_key)
    .bind(now)
    .optional(conn)
    .await?;
    Ok(next.flatten())
}

/// The state of a delivery after an attempt.
#[derive(Clone, Copy, Debug)]
pub(in crate::delivery) struct Ended {
    pub(in crate::delivery) state: State,
    pub(in crate::delivery) next_at: Option<Time>,
}

/// Ends an attempt under its lease; false if the lease is another one's, or the delivery is over.
pub(in crate::delivery) async fn end(tx: &mut Tx, lease: &Lease, ended: Ended) -> Result<bool> {
    let ended_at = (ended.state != State::Waiting).then_some(tx.now);
    let done =
        sql("update delivery set state = $1, next_at = $2, ended_at = $3, tries = $4, attempts = attempts + 1, leased_until = null \
         where key = $5 and state = 'waiting' and leased_until = $6");
    let done = done.bind(ended.state.as_str()).bind(ended.next_at).bind(ended_at).bind(lease.tries).bind(lease.key).bind(lease.until);
    Ok(done.run(tx).await? == 1)
}

/// Ends an attempt whose lease was over. A delivery that was taken is delivered, whoever holds it now.
pub(in crate::delivery) async fn end_late(tx: &mut Tx, lease: &Lease, is_taken: bool) -> Result<bool> {
    let now = tx.now;
    let taken = match is_taken {
        true => {
            let taken = sql("update delivery set state = $3, next_at = null, ended_at = $1, attempts = attempts + 1, \
                 leased_until = null where key = $2 and state = 'waiting'");
            taken.bind(now).bind(lease.key).bind(State::Delivered.as_str()).run(tx).await?
        }
        false => 0,
    };
    let counted = match taken {
        0 => sql("update delivery set attempts = attempts + 1 where key = $1").bind(lease.key).run(tx).await?,
        one => one,
    };
    Ok(counted == 1)
}

/// Writes an attempt down as the last one of its delivery; no effect if the delivery was swept.
pub(in crate::delivery) async fn insert_attempt(
    tx: &mut Tx,
    attempted: &Attempted,
    answer: Option<&str>,
    error: Option<&str>,
) -> Result<()> {
    sql("insert into attempt (delivery_key, nth, at, status, latency_ms, answer, error) \
         select key, attempts, cast($2 as text), cast($3 as bigint), cast($4 as bigint), cast($5 as text), cast($6 as text) \
         from delivery where key = $1")
    .bind(attempted.lease.key)
    .bind(attempted.at)
    .bind(attempted.outcome.status().map(i64::from))
    .bind(attempted.latency_ms)
    .bind(answer)
    .bind(error)
    .run(tx)
    .await?;
    Ok(())
}
