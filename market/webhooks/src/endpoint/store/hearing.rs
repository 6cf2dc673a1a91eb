//! The statements by which the follower of events finds the endpoints that hear one.

use crate::endpoint::words;
use crate::wire::Dialect;
use kernel::Result;
use kernel::id::{AgentId, TeamId};
use platform::db::{Conn, PLACES, Tx, places, sql};
use serde::Deserialize;

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
    #[serde(flatten)]
    listener: Listener,
}

/// Lists the active endpoints that hear topics, each with its topic.
pub(crate) async fn listening_topics(conn: &mut Conn, topics: &[&str]) -> Result<Vec<(String, Listener)>> {
    let mut found = Vec::new();
    for some in topics.chunks(PLACES) {
        let listed = sql(concat!(
            "select t.topic, e.key, e.team_id, e.agent_id, e.events, e.dialect, e.scopes, e.from_seq from endpoint_topic t \
             join endpoint e on e.key = t.endpoint_key where e.status = 'active' and t.topic in (",
            places!(),
            ") order by e.key, t.topic"
        ));
        let rows: Vec<ByTopic> = listed.bind_places(some.iter().copied()).all(conn).await?;
        found.extend(rows.into_iter().map(|row| (row.topic, row.listener)));
    }
    Ok(found)
}

/// Lists the endpoints of a team, the disabled ones included.
pub(crate) async fn keys_of_team(conn: &mut Conn, team: &TeamId) -> Result<Vec<i64>> {
    sql("select key from endpoint where team_id = $1 and deleted_at is null order by key").bind(team).all(conn).await
}

/// Lists the topics that an endpoint hears.
pub(crate) async fn topics_of(conn: &mut Conn, key: i64) -> Result<Vec<String>> {
    sql("select topic from endpoint_topic where endpoint_key = $1 order by topic").bind(key).all(conn).await
}

/// Replaces the topics that an endpoint hears.
pub(crate) async fn set_topics(tx: &mut Tx, key: i64, topics: &[String]) -> Result<()> {
    sql("delete from endpoint_topic where endpoint_key = $1").bind(key).run(tx).await?;
    for topic in topics {
        sql("insert into endpoint_topic (endpoint_key, topic) values ($1, $2) on conflict (topic, endpoint_key) do nothing")
            .bind(key)
            .bind(topic)
            .run(tx)
            .await?;
    }
    Ok(())
}
