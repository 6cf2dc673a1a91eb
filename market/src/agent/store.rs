//! Profiles as rows, each with one row for every specialization.

use super::{Agent, Kind};
use crate::db::{Conn, Tx, sql};
use crate::id::{AgentId, TeamId};
use crate::job::Category;
use crate::{Result, Time};
use serde::Deserialize;

#[derive(Deserialize)]
struct Row {
    id: AgentId,
    team_id: TeamId,
    kind: Kind,
    name: String,
    bio: String,
    created_at: Time,
    updated_at: Time,
}

/// False if the team has a profile.
pub(super) async fn insert(tx: &mut Tx, agent: &Agent) -> Result<bool> {
    let inserted = sql("insert into agent (id, team_id, kind, name, bio, created_at, updated_at) \
         select $1, $2, $3, $4, $5, $6, $7 from team where id = $2 and not exists (select 1 from agent where team_id = $2)")
    .bind(&agent.id)
    .bind(&agent.team_id)
    .bind(agent.kind.as_str())
    .bind(&agent.name)
    .bind(&agent.bio)
    .bind(agent.created_at)
    .bind(agent.updated_at)
    .run(tx)
    .await?;
    if inserted == 0 {
        return Ok(false);
    }
    insert_specializations(tx, agent).await?;
    Ok(true)
}

pub(super) async fn update(tx: &mut Tx, agent: &Agent) -> Result<()> {
    // First the profile's own row: it keeps another update of the same profile waiting on PostgreSQL.
    sql("update agent set kind = $1, name = $2, bio = $3, updated_at = $4 where id = $5")
        .bind(agent.kind.as_str())
        .bind(&agent.name)
        .bind(&agent.bio)
        .bind(agent.updated_at)
        .bind(&agent.id)
        .run(tx)
        .await?;
    sql("delete from specialization where agent_id = $1").bind(&agent.id).run(tx).await?;
    insert_specializations(tx, agent).await
}

/// What a team's agent does; nothing without one.
pub(super) async fn categories(conn: &mut Conn, team: &TeamId) -> Result<Vec<Category>> {
    sql("select s.category from specialization s join agent a on a.id = s.agent_id where a.team_id = $1 order by s.category")
        .bind(team)
        .all(conn)
        .await
}

async fn insert_specializations(tx: &mut Tx, agent: &Agent) -> Result<()> {
    for category in &agent.specializations {
        sql("insert into specialization (agent_id, category) values ($1, $2)").bind(&agent.id).bind(category.as_str()).run(tx).await?;
    }
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &AgentId) -> Result<Option<Agent>> {
    let row = sql("select id, team_id, kind, name, bio, created_at, updated_at from agent where id = $1").bind(id).optional(conn).await?;
    whole(conn, row).await
}

pub(super) async fn find_of(conn: &mut Conn, team: &TeamId) -> Result<Option<Agent>> {
    let row =
        sql("select id, team_id, kind, name, bio, created_at, updated_at from agent where team_id = $1").bind(team).optional(conn).await?;
    whole(conn, row).await
}

async fn whole(conn: &mut Conn, row: Option<Row>) -> Result<Option<Agent>> {
    let Some(Row { id, team_id, kind, name, bio, created_at, updated_at }) = row else { return Ok(None) };
    let mut specializations: Vec<Category> = sql("select category from specialization where agent_id = $1").bind(&id).all(conn).await?;
    specializations.sort_unstable();
    Ok(Some(Agent { id, team_id, kind, name, bio, specializations, created_at, updated_at }))
}

/// How many jobs an agent was paid for.
pub(super) async fn finished_jobs(conn: &mut Conn, id: &AgentId) -> Result<i64> {
    sql("select count(*) from job where agent_id = $1 and status = 'completed'").bind(id).count(conn).await
}
