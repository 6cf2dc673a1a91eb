//! Agents as rows, each with one row for every specialization.

use super::{Agent, Kind, Status};
use kernel::id::{AgentId, TeamId};
use kernel::{Paging, Result, Time};
use platform::db::{Conn, PLACES, Tx, places, sql};
use serde::Deserialize;
use std::collections::HashMap;
use work::job::Category;

#[derive(Deserialize)]
struct AgentRow {
    id: AgentId,
    team_id: TeamId,
    kind: Kind,
    name: String,
    bio: String,
    model: Option<String>,
    framework: Option<String>,
    status: Status,
    is_default: bool,
    created_at: Time,
    updated_at: Time,
    hidden_at: Option<Time>,
}

impl AgentRow {
    fn with(self, mut specializations: Vec<Category>) -> Agent {
        specializations.sort_unstable();
        let AgentRow { id, team_id, kind, name, bio, model, framework, status, is_default, created_at, updated_at, hidden_at } = self;
        Agent { id, team_id, kind, name, bio, specializations, model, framework, status, is_default, created_at, updated_at, hidden_at }
    }
}

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "select id, team_id, kind, name, bio, model, framework, status, is_default, created_at, updated_at, hidden_at from agent where ",
            $rest
        ))
    };
}

pub(super) async fn insert(tx: &mut Tx, agent: &Agent) -> Result<()> {
    sql("insert into agent (id, team_id, kind, name, bio, status, is_default, created_at, updated_at, model, framework) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
    .bind(&agent.id)
    .bind(&agent.team_id)
    .bind(agent.kind.as_str())
    .bind(&agent.name)
    .bind(&agent.bio)
    .bind(agent.status.as_str())
    .bind(agent.is_default)
    .bind(agent.created_at)
    .bind(agent.updated_at)
    .bind(agent.model.as_deref())
    .bind(agent.framework.as_deref())
    .run(tx)
    .await?;
    insert_specializations(tx, agent).await
}

pub(super) async fn update(tx: &mut Tx, agent: &Agent) -> Result<()> {
    // First the agent's own row: it keeps another update of the same agent waiting on PostgreSQL.
    sql("update agent set kind = $1, name = $2, bio = $3, updated_at = $4, model = $5, framework = $6 where id = $7")
        .bind(agent.kind.as_str())
        .bind(&agent.name)
        .bind(&agent.bio)
        .bind(agent.updated_at)
        .bind(agent.model.as_deref())
        .bind(agent.framework.as_deref())
        .bind(&agent.id)
        .run(tx)
        .await?;
    sql("delete from specialization where agent_id = $1").bind(&agent.id).run(tx).await?;
    insert_specializations(tx, agent).await
}

/// False if the agent has this status, or is retired.
pub(super) async fn set_status(tx: &mut Tx, id: &AgentId, status: Status) -> Result<bool> {
    let now = tx.now;
    let changed = sql("update agent set status = $1, updated_at = $2 where id = $3 and status <> $1 and status <> 'retired'")
        .bind(status.as_str())
        .bind(now)
        .bind(id)
        .run(tx)
        .await?;
    Ok(changed == 1)
}

/// Hides an agent from strangers, or shows it again.
pub(crate) async fn set_hidden(tx: &mut Tx, id: &AgentId, at: Option<Time>) -> Result<()> {
    sql("update agent set hidden_at = $1 where id = $2").bind(at).bind(id).run(tx).await?;
    Ok(())
}

/// Moves the default to this agent. The team is held.
pub(super) async fn make_default(tx: &mut Tx, team: &TeamId, id: &AgentId) -> Result<()> {
    sql("update agent set is_default = 0 where team_id = $1 and is_default = 1").bind(team).run(tx).await?;
    let now = tx.now;
    sql("update agent set is_default = 1, updated_at = $1 where id = $2").bind(now).bind(id).run(tx).await?;
    Ok(())
}

async fn insert_specializations(tx: &mut Tx, agent: &Agent) -> Result<()> {
    for category in &agent.specializations {
        sql("insert into specialization (agent_id, category) values ($1, $2)").bind(&agent.id).bind(category.as_str()).run(tx).await?;
    }
    Ok(())
}

/// Gives the default of a team to its oldest agent in service, if there is one. The team is held.
pub(super) async fn pass_default_on(tx: &mut Tx, team: &TeamId, from: &AgentId) -> Result<()> {
    sql("update agent set is_default = 0 where id = $1").bind(from).run(tx).await?;
    sql("update agent set is_default = 1 where id = (select a.id from agent a where a.team_id = $1 and a.status <> 'retired' \
         order by case when a.status = 'active' then 0 else 1 end, a.created_at, a.id limit 1)")
    .bind(team)
    .run(tx)
    .await?;
    Ok(())
}

/// Counts the agents of a team that are in service.
pub(super) async fn count(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select count(*) from agent where team_id = $1 and status <> 'retired'").bind(team).count(conn).await
}

/// Counts the agents of a team with those that are retired.
pub(super) async fn count_ever(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select count(*) from agent where team_id = $1").bind(team).count(conn).await
}

pub(super) async fn find(conn: &mut Conn, id: &AgentId) -> Result<Option<Agent>> {
    let row: Option<AgentRow> = select!("id = $1").bind(id).optional(conn).await?;
    let Some(row) = row else { return Ok(None) };
    let specializations = sql("select category from specialization where agent_id = $1").bind(&row.id).all(conn).await?;
    Ok(Some(row.with(specializations)))
}

#[derive(Deserialize)]
struct Specialization {
    agent_id: AgentId,
    category: Category,
}

/// A team's agents in service: the default first, then by name.
pub(super) async fn list(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Vec<Agent>> {
    let rows: Vec<AgentRow> = select!("team_id = $1 and status <> 'retired' order by is_default desc, name, id limit $2 offset $3")
        .bind(team)
        .page(paging)
        .all(conn)
        .await?;
    let all: Vec<Specialization> =
        sql("select s.agent_id, s.category from specialization s join agent a on a.id = s.agent_id where a.team_id = $1")
            .bind(team)
            .all(conn)
            .await?;
    let mut of_each: HashMap<AgentId, Vec<Category>> = HashMap::new();
    for one in all {
        of_each.entry(one.agent_id).or_default().push(one.category);
    }
    let with = |row: AgentRow| {
        let specializations = of_each.remove(&row.id).unwrap_or_default();
        row.with(specializations)
    };
    Ok(rows.into_iter().map(with).collect())
}

/// Counts the jobs that an agent was paid for.
pub(super) async fn finished_jobs(conn: &mut Conn, id: &AgentId) -> Result<i64> {
    sql(concat!("select count(*) from job where agent_id = $1 and status = ", work::job_status!(completed))).bind(id).count(conn).await
}

/// An agent with its team.
#[derive(Deserialize)]
pub(super) struct Owned {
    pub(super) id: AgentId,
    pub(super) team_id: TeamId,
}

/// Reads the teams of agents.
pub(super) async fn teams_of(conn: &mut Conn, ids: &[&str]) -> Result<Vec<Owned>> {
    let mut found = Vec::new();
    for some in ids.chunks(PLACES) {
        let listed = sql(concat!("select id, team_id from agent where id in (", places!(), ") order by id"));
        found.extend(listed.bind_places(some.iter().copied()).all::<Owned>(conn).await?);
    }
    Ok(found)
}
