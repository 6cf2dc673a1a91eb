//! The tables of endpoints, and of the topics that they hear.

use super::{DisabledReason, Endpoint, words};
use crate::wire::Dialect;
use kernel::id::{AgentId, EndpointId, MemberId, TeamId};
use kernel::{Result, Time};
use platform::db::{Conn, PLACES, Tx, places, sql};
use platform::event::Topic;
use serde::Deserialize;

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

/// Stores the address, the description, the events and the agent of an endpoint.
pub(super) async fn set_facts(tx: &mut Tx, key: i64, endpoint: &Endpoint) -> Result<()> {
    sql("update endpoint set url = $1, description = $2, events = $3, updated_at = $4, agent_id = $6 where key = $5")
        .bind(&endpoint.url)
        .bind(&endpoint.description)
        .bind(endpoint.events.join(" "))
        .bind(endpoint.updated_at)
        .bind(key)
        .bind(&endpoint.agent_id)
        .run(tx)
        .await?;
    Ok(())
}

/// Enables an endpoint, which then hears the events after a number. Its deliveries are looked at anew.
pub(super) async fn enable(tx: &mut Tx, key: i64, from_seq: i64) -> Result<()> {
    tx.set_outgoing();
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

/// Disables every endpoint of a team.
pub(super) async fn disable_all(tx: &mut Tx, team: &TeamId, reason: DisabledReason) -> Result<()> {
    let now = tx.now;
    sql("update endpoint set status = 'disabled', disabled_reason = $1, due_at = null, updated_at = $2 \
         where team_id = $3 and status = 'active'")
    .bind(reason.as_str())
    .bind(now)
    .bind(team)
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

// The statements by which the follower of events finds the endpoints that hear one.

/// An endpoint as the follower of events needs it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Listener {
    pub(crate) key: i64,
    pub(crate) team_id: TeamId,
    pub(crate) agent_id: Option<AgentId>,
    #[serde(with = "words")]
    pub(crate) events: Vec<String>,
    pub(crate) dialect: Dialect,
    #[serde(with = "words")]
    pub(crate) scopes: Vec<String>,
    /// The number of the last event that it does not hear.
    pub(crate) from_seq: i64,
}

/// Returns true if any team has an endpoint, even a disabled one: its topics are kept up to date.
pub(crate) async fn any(conn: &mut Conn) -> Result<bool> {
    let one = sql("select count(*) from (select key from endpoint where deleted_at is null limit 1) as known");
    Ok(one.count(conn).await? > 0)
}

/// Lists the active endpoints of teams.
pub(crate) async fn listening_teams(conn: &mut Conn, teams: &[&str]) -> Result<Vec<Listener>> {
    let mut found = Vec::new();
    for some in teams.chunks(PLACES) {
        let listed = sql(concat!(
            "select key, team_id, agent_id, events, dialect, scopes, from_seq from endpoint \
             where status = 'active' and team_id in (",
            places!(),
            ") order by key"
        ));
        found.extend(listed.bind_places(some.iter().copied()).all::<Listener>(conn).await?);
    }
    Ok(found)
}

/// A topic that an endpoint hears.
#[derive(Deserialize)]
struct ByTopic {
    topic: String,
    worth_min: i64,
    #[serde(flatten)]
    listener: Listener,
}

/// Lists the active endpoints that hear topics, each with its topic.
pub(crate) async fn listening_topics(conn: &mut Conn, topics: &[&str]) -> Result<Vec<(Topic, Listener)>> {
    let mut found = Vec::new();
    for some in topics.chunks(PLACES) {
        let listed = sql(concat!(
            "select t.topic, t.worth_min, e.key, e.team_id, e.agent_id, e.events, e.dialect, e.scopes, e.from_seq from endpoint_topic t \
             join endpoint e on e.key = t.endpoint_key where e.status = 'active' and t.topic in (",
            places!(),
            ") order by e.key, t.topic"
        ));
        let rows: Vec<ByTopic> = listed.bind_places(some.iter().copied()).all(conn).await?;
        found.extend(rows.into_iter().map(|row| (Topic { name: row.topic, worth_min: row.worth_min }, row.listener)));
    }
    Ok(found)
}

/// An endpoint with the agent that it belongs to.
#[derive(Debug, Deserialize)]
pub(crate) struct Bound {
    pub(crate) key: i64,
    pub(crate) agent_id: Option<AgentId>,
}

/// Lists the endpoints of a team with their agents, the disabled ones included.
pub(crate) async fn agents_of_endpoints(conn: &mut Conn, team: &TeamId) -> Result<Vec<Bound>> {
    sql("select key, agent_id from endpoint where team_id = $1 and deleted_at is null order by key").bind(team).all(conn).await
}

/// Lists the topics that an endpoint hears.
pub(crate) async fn topics_of(conn: &mut Conn, key: i64) -> Result<Vec<Topic>> {
    #[derive(Deserialize)]
    struct TopicRow {
        topic: String,
        worth_min: i64,
    }
    let rows: Vec<TopicRow> =
        sql("select topic, worth_min from endpoint_topic where endpoint_key = $1 order by topic").bind(key).all(conn).await?;
    Ok(rows.into_iter().map(|row| Topic { name: row.topic, worth_min: row.worth_min }).collect())
}

/// Replaces the topics that an endpoint hears.
pub(crate) async fn set_topics(tx: &mut Tx, key: i64, topics: &[Topic]) -> Result<()> {
    sql("delete from endpoint_topic where endpoint_key = $1").bind(key).run(tx).await?;
    for topic in topics {
        sql("insert into endpoint_topic (endpoint_key, topic, worth_min) values ($1, $2, $3) on conflict (topic, endpoint_key) do nothing")
            .bind(key)
            .bind(&topic.name)
            .bind(topic.worth_min)
            .run(tx)
            .await?;
    }
    Ok(())
}

// The statements by which senders take turns at an endpoint. `due_at` is the next time to look at its deliveries.
//
// Each of them changes the endpoint's row before it looks at deliveries, so that no sender misses what another one writes.

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

/// Has an endpoint looked at now, and wakes this process's sender. A failing one that waits for its next probe goes on waiting.
pub(crate) async fn wake(tx: &mut Tx, key: i64) -> Result<()> {
    tx.set_outgoing();
    let now = tx.now;
    sql("update endpoint set due_at = case when failing_since is not null and due_at is not null then due_at else $1 end \
         where key = $2 and status = 'active'")
    .bind(now)
    .bind(key)
    .run(tx)
    .await?;
    Ok(())
}

/// Has an endpoint looked at now, beginning with one delivery, and wakes this process's sender.
pub(crate) async fn wake_for(tx: &mut Tx, key: i64, delivery_key: i64) -> Result<()> {
    tx.set_outgoing();
    let now = tx.now;
    sql("update endpoint set due_at = $1, probed_key = $2 where key = $3 and status = 'active'")
        .bind(now)
        .bind(delivery_key - 1)
        .bind(key)
        .run(tx)
        .await?;
    Ok(())
}

/// Locks an endpoint.
pub(crate) async fn lock_by_key(tx: &mut Tx, key: i64) -> Result<()> {
    sql("update endpoint set status = status where key = $1").bind(key).run(tx).await?;
    Ok(())
}
