//! The queries of profiles.

use super::attestation::NamedSkill;
use super::{AgentName, AgentRecord, PosterRecord, PublicRating, Skill, TeamName};
use kernel::id::{AgentId, JobId, TeamId};
use kernel::{Error, Paging, Result, Time};
use platform::db::{Conn, Query, sql};
use serde::Deserialize;
use work::job::{Category, Role};
use work::job_status;

/// The most skills by jobs that are attested.
const SKILLS: i64 = 100;
/// The most agents that a team's profile lists.
const AGENTS: i64 = 20;

pub(super) async fn team(conn: &mut Conn, id: &TeamId) -> Result<Option<TeamName>> {
    sql("select id, name, created_at from team where id = $1").bind(id).optional(conn).await
}

pub(super) async fn agents(conn: &mut Conn, team: &TeamId) -> Result<Vec<AgentName>> {
    sql(concat!(
        "select a.id, a.name, (select count(*) from job j where j.agent_id = a.id and j.status = ",
        job_status!(completed),
        ") as finished from agent a where a.team_id = $1 and a.status <> 'retired' and a.hidden_at is null order by a.is_default desc, a.created_at, a.id limit $2"
    ))
    .bind(team)
    .bind(AGENTS)
    .all(conn)
    .await
}

pub(super) async fn agent_record(conn: &mut Conn, id: &AgentId) -> Result<AgentRecord> {
    let found: Option<AgentRecord> = sql(concat!(
        "select (select count(*) from job j where j.agent_id = a.id and j.status = ",
        job_status!(completed),
        ") as finished, (select count(*) from job j where j.agent_id = a.id and j.status = ",
        job_status!(completed),
        " and (j.deadline is null or j.deadline >= (select min(d.created_at) from deliverable d where d.job_key = j.key))) as on_time, \
         (select count(*) from job j where j.agent_id = a.id and j.status = ",
        job_status!(expired),
        ") as abandoned, (select count(*) from hallmark h where h.agent_id = a.id) as hallmarks, \
         (select count(*) from job j where j.agent_id = a.id and exists (select 1 from dispute d where d.job_key = j.key)) as disputed, \
         (select count(*) from proof_seat s join job j on j.key = s.job_key where s.team_id = a.team_id and s.agent_id = a.id \
         and s.status = 'paid' and j.closed_at is not null) as proofed, \
         (select count(*) from job j join proof_round p on p.job_key = j.key where j.agent_id = a.id and j.closed_at is not null) as rounds, \
         (select cast(coalesce(sum(p.score), 0) as bigint) from job j join proof_round p on p.job_key = j.key \
         where j.agent_id = a.id and j.closed_at is not null) as scores from agent a where a.id = $1"
    ))
    .bind(id)
    .optional(conn)
    .await?;
    found.ok_or_else(Error::internal)
}

pub(super) async fn poster_record(conn: &mut Conn, id: &TeamId) -> Result<PosterRecord> {
    let found: Option<PosterRecord> = sql(concat!(
        "select count(*) as posted, cast(coalesce(sum(case when j.status = ",
        job_status!(completed),
        " then 1 else 0 end), 0) as bigint) as paid, \
         cast(coalesce(sum(case when j.closed_at is not null and exists (select 1 from deliverable d where d.job_key = j.key) \
         then 1 else 0 end), 0) as bigint) as judged, \
         cast(coalesce(sum(case when j.escrow = 'released' then 1 else 0 end), 0) as bigint) as approved, \
         cast(coalesce(sum(case when exists (select 1 from dispute d where d.job_key = j.key) then 1 else 0 end), 0) as bigint) as disputed, \
         cast(coalesce(sum(case when j.escrow = 'released' then j.price else 0 end), 0) as bigint) as spent \
         from job j where j.team_id = $1"
    ))
    .bind(id)
    .optional(conn)
    .await?;
    found.ok_or_else(Error::internal)
}

/// Counts an agent's paid jobs by category.
pub(super) async fn skills(conn: &mut Conn, id: &AgentId) -> Result<Vec<Skill>> {
    sql(concat!(
        "select j.category, count(*) as jobs, count(h.job_key) as hallmarks, cast(coalesce(sum(h.score), 0) as bigint) as scores, \
         max(j.closed_at) as last_at from job j left join hallmark h on h.job_key = j.key where j.agent_id = $1 and j.status = ",
        job_status!(completed),
        " group by j.category"
    ))
    .bind(id)
    .all(conn)
    .await
}

/// Counts an agent's paid jobs by the skills that they asked for.
pub(super) async fn named_skills(conn: &mut Conn, id: &AgentId) -> Result<Vec<NamedSkill>> {
    sql(concat!(
        "select s.skill, count(*) as jobs, count(h.job_key) as hallmarks, cast(coalesce(sum(h.score), 0) as bigint) as scores \
         from job j join job_skill s on s.job_key = j.key left join hallmark h on h.job_key = j.key \
         where j.agent_id = $1 and j.status = ",
        job_status!(completed),
        " group by s.skill order by count(*) desc, s.skill limit $2"
    ))
    .bind(id)
    .bind(SKILLS)
    .all(conn)
    .await
}

/// A paid job of an agent, and the part that the viewer had in it.
#[derive(Deserialize)]
pub(super) struct FinishedRow {
    pub(super) job_id: JobId,
    pub(super) title: String,
    pub(super) role: Role,
    pub(super) category: Category,
    pub(super) closed_at: Time,
    pub(super) stars: Option<i64>,
    pub(super) score: Option<i64>,
}

pub(super) async fn finished(conn: &mut Conn, id: &AgentId, viewer: Option<&TeamId>, paging: Paging) -> Result<Vec<FinishedRow>> {
    let now = conn.now;
    sql(concat!(
        "select j.id as job_id, j.title, case when j.team_id = $2 then 'poster' when j.worker_team_id = $2 then 'worker' \
         when exists (select 1 from proof_seat s where s.job_key = j.key and s.team_id = $2 and s.status <> 'freed') then 'proofer' \
         else 'visitor' end as role, j.category, j.closed_at, \
         (select r.stars from rating r where r.job_key = j.key and r.side = 'poster' and r.visible_at <= $3) as stars, \
         (select p.score from proof_round p where p.job_key = j.key order by p.round desc limit 1) as score \
         from job j where j.agent_id = $1 and j.status = ",
        job_status!(completed),
        " order by j.closed_at desc, j.id limit $4 offset $5"
    ))
    .bind(id)
    .bind(viewer.map_or("", TeamId::as_str))
    .bind(now)
    .page(paging)
    .all(conn)
    .await
}

/// A number of ratings with the same stars.
#[derive(Deserialize)]
pub(super) struct StarsRow {
    pub(super) stars: i64,
    pub(super) ratings: i64,
}

pub(super) async fn stars_of_agent(conn: &mut Conn, id: &AgentId) -> Result<Vec<StarsRow>> {
    let now = conn.now;
    sql("select r.stars, count(*) as ratings from job j join rating r on r.job_key = j.key \
         where j.agent_id = $1 and r.side = 'poster' and r.visible_at <= $2 group by r.stars")
    .bind(id)
    .bind(now)
    .all(conn)
    .await
}

pub(super) async fn stars_of_poster(conn: &mut Conn, id: &TeamId) -> Result<Vec<StarsRow>> {
    let now = conn.now;
    sql("select r.stars, count(*) as ratings from rating r where r.rated_team_id = $1 and r.side = 'worker' and r.visible_at <= $2 \
         group by r.stars")
    .bind(id)
    .bind(now)
    .all(conn)
    .await
}

/// The columns of a rating `r` that everybody reads.
macro_rules! public_rating {
    () => {
        "r.id, r.stars, case when r.hidden_at is null then r.comment else '' end as comment, \
         case when r.hidden_at is null then 0 else 1 end as is_hidden, r.visible_at"
    };
}

pub(super) async fn ratings_of_agent(conn: &mut Conn, id: &AgentId, paging: Paging) -> Result<Vec<PublicRating>> {
    let given = sql(concat!(
        "select r.team_id, cast(null as text) as agent_id, t.name as author, ",
        public_rating!(),
        " from job j join rating r on r.job_key = j.key join team t on t.id = r.team_id \
         where j.agent_id = $1 and r.side = 'poster' and r.visible_at <= $2 order by r.visible_at desc, r.id limit $3 offset $4"
    ));
    ratings(conn, given.bind(id), paging).await
}

pub(super) async fn ratings_of_poster(conn: &mut Conn, id: &TeamId, paging: Paging) -> Result<Vec<PublicRating>> {
    let given = sql(concat!(
        "select r.team_id, j.agent_id, coalesce(g.name, t.name) as author, ",
        public_rating!(),
        " from rating r join job j on j.key = r.job_key join team t on t.id = r.team_id left join agent g on g.id = j.agent_id \
         where r.rated_team_id = $1 and r.side = 'worker' and r.visible_at <= $2 order by r.visible_at desc, r.id limit $3 offset $4"
    ));
    ratings(conn, given.bind(id), paging).await
}

/// Runs a list of ratings that can be read now.
async fn ratings(conn: &mut Conn, given: Query, paging: Paging) -> Result<Vec<PublicRating>> {
    let now = conn.now;
    given.bind(now).page(paging).all(conn).await
}

/// Lists the agents that were paid for a job, by id.
pub(super) async fn agents_listed(conn: &mut Conn, limit: i64) -> Result<Vec<AgentId>> {
    sql(concat!(
        "select a.id from agent a where a.status = 'active' and a.hidden_at is null and exists (select 1 from job j where j.agent_id = a.id and j.status = ",
        job_status!(completed),
        ") and not (",
        identity::team_is_suspended!("a.team_id"),
        ") order by a.id limit $1"
    ))
    .bind(limit)
    .all(conn)
    .await
}

pub(super) async fn teams_listed(conn: &mut Conn, limit: i64) -> Result<Vec<TeamId>> {
    sql(concat!(
        "select t.id from team t where exists (select 1 from job j where j.team_id = t.id) and not (",
        identity::team_is_suspended!("t.id"),
        ") order by t.id limit $1"
    ))
    .bind(limit)
    .all(conn)
    .await
}
