//! The tables of endpoints, and of the topics that they hear.

use super::{DisabledReason, Endpoint};
use kernel::id::{EndpointId, MemberId, TeamId};
use kernel::{Result, Time};
use platform::db::{Conn, Tx, sql};
use serde::Deserialize;

mod hearing;
mod sending;
pub(crate) use hearing::{Listener, any, keys_of_team, listening_teams, listening_topics, set_topics, topics_of};
pub(crate) use sending::{Health, Ready, Sender, health, lock_by_key, ready, sender, set_due, set_health, take, wake, wake_for};

/// An endpoint with its internal key.
#[derive(Debug, Deserialize)]
pub(crate) struct Row {
    pub(crate) key: i64,
    #[serde(flatten)]
    pub(crate) endpoint: Endpoint,
}

/// An endpoint before it is written.
pub(super) struct New<'a> {
    pub(super) endpoint: &'a Endpoint,
    pub(super) member: &'a MemberId,
    /// The encrypted secret.
    pub(super) secret: &'a str,
    /// The number of the last event that it does not hear.
    pub(super) from_seq: i64,
}

/// Selects endpoints that meet a condition.
macro_rules! select {
    ($columns:literal, $condition:literal) => {
        concat!(
            "select ",
            $columns,
            "id, team_id, agent_id, url, description, events, dialect, scopes, status, disabled_reason, failing_since, previous_until, \
             created_at, updated_at from endpoint where deleted_at is null and ",
            $condition
        )
    };
}

pub(super) async fn insert(tx: &mut Tx, new: &New<'_>) -> Result<()> {
    let endpoint = new.endpoint;
    sql("insert into endpoint (id, team_id, member_id, agent_id, url, description, events, dialect, scopes, secret, status, from_seq, \
         created_at, updated_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $13)")
    .bind(&endpoint.id)
    .bind(&endpoint.team_id)
    .bind(new.member)
    .bind(&endpoint.agent_id)
    .bind(&endpoint.url)
    .bind(&endpoint.description)
    .bind(endpoint.events.join(" "))
    .bind(endpoint.dialect.as_str())
    .bind(endpoint.scopes.join(" "))
    .bind(new.secret)
    .bind(endpoint.status.as_str())
    .bind(new.from_seq)
    .bind(endpoint.created_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Finds an endpoint of a team.
pub(super) async fn find(conn: &mut Conn, team: &TeamId, id: &EndpointId) -> Result<Option<Row>> {
    sql(select!("key, ", "id = $1 and team_id = $2")).bind(id).bind(team).optional(conn).await
}

/// Finds an endpoint by its internal key.
pub(crate) async fn find_by_key(conn: &mut Conn, key: i64) -> Result<Option<Endpoint>> {
    sql(select!("", "key = $1")).bind(key).optional(conn).await
}

/// Lists the endpoints of a team, oldest first.
pub(super) async fn list(conn: &mut Conn, team: &TeamId) -> Result<Vec<Endpoint>> {
    sql(select!("", "team_id = $1 order by key")).bind(team).all(conn).await
}

/// Counts the endpoints of a team.
pub(super) async fn count(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select count(*) from endpoint where team_id = $1 and deleted_at is null").bind(team).count(conn).await
}

/// Locks an endpoint of a team; no effect if there is none.
pub(super) async fn lock(tx: &mut Tx, team: &TeamId, id: &EndpointId) -> Result<()> {
    sql("update endpoint set status = status where id = $1 and team_id = $2").bind(id).bind(team).run(tx).await?;
    Ok(())
}

/// Stores the address, the description and the events of an endpoint.
pub(super) async fn set_facts(tx: &mut Tx, key: i64, endpoint: &Endpoint) -> Result<()> {
    sql("update endpoint set url = $1, description = $2, events = $3, updated_at = $4 where key = $5")
        .bind(&endpoint.url)
        .bind(&endpoint.description)
        .bind(endpoint.events.join(" "))
        .bind(endpoint.updated_at)
        .bind(key)
        .run(tx)
        .await?;
    Ok(())
}

/// Enables an endpoint, which then hears the events after a number. Its deliveries are looked at anew.
pub(super) async fn enable(tx: &mut Tx, key: i64, from_seq: i64) -> Result<()> {
    let now = tx.now;
    sql("update endpoint set status = 'active', disabled_reason = null, failing_since = null, failures = 0, probed_key = null, \
         due_at = $1, updated_at = $1, from_seq = $2 where key = $3")
    .bind(now)
    .bind(from_seq)
    .bind(key)
    .run(tx)
    .await?;
    Ok(())
}

/// Disables an endpoint.
pub(crate) async fn disable(tx: &mut Tx, key: i64, reason: DisabledReason) -> Result<()> {
    let now = tx.now;
    sql("update endpoint set status = 'disabled', disabled_reason = $1, due_at = null, updated_at = $2 where key = $3")
        .bind(reason.as_str())
        .bind(now)
        .bind(key)
        .run(tx)
        .await?;
    Ok(())
}

/// Replaces the secret; the present one stays as the previous one until a time.
pub(super) async fn rotate(tx: &mut Tx, key: i64, sealed: &str, until: Time) -> Result<()> {
    let now = tx.now;
    sql("update endpoint set previous_secret = secret, secret = $1, previous_until = $2, updated_at = $3 where key = $4")
        .bind(sealed)
        .bind(until)
        .bind(now)
        .bind(key)
        .run(tx)
        .await?;
    Ok(())
}

/// Marks an endpoint as deleted, and forgets its secrets and topics; false if it was deleted before.
pub(super) async fn delete(tx: &mut Tx, key: i64) -> Result<bool> {
    let now = tx.now;
    let deleted = sql("update endpoint set deleted_at = $1, status = 'disabled', due_at = null, secret = '', previous_secret = null, \
         previous_until = null where key = $2 and deleted_at is null");
    let deleted = deleted.bind(now).bind(key).run(tx).await?;
    sql("delete from endpoint_topic where endpoint_key = $1").bind(key).run(tx).await?;
    Ok(deleted == 1)
}

/// Returns the endpoint that was deleted first and whose row is still there.
pub(crate) async fn deleted(conn: &mut Conn) -> Result<Option<i64>> {
    sql("select key from endpoint where deleted_at is not null order by deleted_at limit 1").optional(conn).await
}

/// Deletes the row of an endpoint that has no deliveries any more.
pub(crate) async fn purge(tx: &mut Tx, key: i64) -> Result<()> {
    sql("delete from endpoint_topic where endpoint_key = $1").bind(key).run(tx).await?;
    sql("delete from endpoint where key = $1").bind(key).run(tx).await?;
    Ok(())
}
