//! The statements by which senders take turns at an endpoint. `due_at` is the next time to look at its deliveries.
//!
//! Each of them changes the endpoint's row before it looks at deliveries, so that no sender misses what another one writes.

use crate::endpoint::{DisabledReason, Status};
use crate::wire::Dialect;
use kernel::id::EndpointId;
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

/// An endpoint whose deliveries are to be looked at.
#[derive(Debug, Deserialize)]
pub(crate) struct Ready {
    pub(crate) key: i64,
    due_at: Time,
}

/// Lists the endpoints that are to be looked at, the longest due first.
pub(crate) async fn ready(conn: &mut Conn, limit: i64) -> Result<Vec<Ready>> {
    let now = conn.now;
    sql("select key, due_at from endpoint where due_at <= $1 order by due_at, key limit $2").bind(now).bind(limit).all(conn).await
}

/// Takes the turn at an endpoint, if nobody else did since it was listed; nobody looks at it before `until` unless it is woken.
pub(crate) async fn take(tx: &mut Tx, ready: &Ready, until: Time) -> Result<bool> {
    let taken = sql("update endpoint set due_at = $1 where key = $2 and due_at = $3").bind(until).bind(ready.key).bind(ready.due_at);
    Ok(taken.run(tx).await? == 1)
}

/// An endpoint as a sender needs it.
#[derive(Debug, Deserialize)]
pub(crate) struct Sender {
    pub(crate) id: EndpointId,
    pub(crate) url: String,
    pub(crate) dialect: Dialect,
    /// The encrypted secret.
    pub(crate) secret: String,
    pub(crate) previous_secret: Option<String>,
    pub(crate) previous_until: Option<Time>,
    pub(crate) failing_since: Option<Time>,
    /// The delivery that probed it last.
    pub(crate) probed_key: Option<i64>,
}

/// Reads what a sender needs.
pub(crate) async fn sender(conn: &mut Conn, key: i64) -> Result<Option<Sender>> {
    sql("select id, url, dialect, secret, previous_secret, previous_until, failing_since, probed_key from endpoint \
         where key = $1 and status = 'active'")
    .bind(key)
    .optional(conn)
    .await
}

/// Sets the next time to look at an endpoint, and the delivery that probes it, if one does.
pub(crate) async fn set_due(tx: &mut Tx, key: i64, due_at: Option<Time>, probed_key: Option<i64>) -> Result<()> {
    sql("update endpoint set due_at = $1, probed_key = coalesce($2, probed_key) where key = $3 and status = 'active'")
        .bind(due_at)
        .bind(probed_key)
        .bind(key)
        .run(tx)
        .await?;
    Ok(())
}

/// Has an endpoint looked at now. A failing one that waits for its next probe goes on waiting.
pub(crate) async fn wake(tx: &mut Tx, key: i64) -> Result<()> {
    let now = tx.now;
    sql("update endpoint set due_at = case when failing_since is not null and due_at is not null then due_at else $1 end \
         where key = $2 and status = 'active'")
    .bind(now)
    .bind(key)
    .run(tx)
    .await?;
    Ok(())
}

/// Has an endpoint looked at now, beginning with one delivery.
pub(crate) async fn wake_for(tx: &mut Tx, key: i64, delivery_key: i64) -> Result<()> {
    let now = tx.now;
    sql("update endpoint set due_at = $1, probed_key = $2 where key = $3 and status = 'active'")
        .bind(now)
        .bind(delivery_key - 1)
        .bind(key)
        .run(tx)
        .await?;
    Ok(())
}

/// The health of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Health {
    pub(crate) status: Status,
    pub(crate) failing_since: Option<Time>,
    /// The number of failures in a row, of the first one and of probes.
    pub(crate) failures: i64,
    pub(crate) probed_key: Option<i64>,
    pub(crate) due_at: Option<Time>,
    pub(crate) disabled_reason: Option<DisabledReason>,
}

/// Locks an endpoint.
pub(crate) async fn lock_by_key(tx: &mut Tx, key: i64) -> Result<()> {
    sql("update endpoint set status = status where key = $1").bind(key).run(tx).await?;
    Ok(())
}

/// Reads the health of an endpoint.
pub(crate) async fn health(conn: &mut Conn, key: i64) -> Result<Option<Health>> {
    sql("select status, failing_since, failures, probed_key, due_at, disabled_reason from endpoint where key = $1 and deleted_at is null")
        .bind(key)
        .optional(conn)
        .await
}

/// Stores the health of an active endpoint.
pub(crate) async fn set_health(tx: &mut Tx, key: i64, health: &Health) -> Result<()> {
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
