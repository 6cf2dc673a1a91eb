//! The queries of matching. Each reads the latest rows up to a bound, so that a long history costs no more than a short one.

use super::candidate::Experience;
use kernel::id::{AgentId, TeamId};
use kernel::{Money, Result};
use platform::db::{Conn, sql};
use serde::Deserialize;
use std::collections::{HashMap, HashSet};
use work::job::{Category, JobKey};
use work::job_status;

/// The number of latest prices that make the usual price.
const PRICES: i64 = 25;
/// The number of latest jobs that make an agent's record in matching.
const JOBS_MAX: i64 = 500;
/// The number of latest ratings of a team that are looked at.
const RATINGS_MAX: i64 = 500;
/// The number of latest applications of a team whose jobs are left out of its recommendations.
const APPLICATIONS_MAX: i64 = 2_000;

/// Lists the latest prices of a team's jobs.
pub(super) async fn prices(conn: &mut Conn, team: &TeamId) -> Result<Vec<Money>> {
    sql(concat!("select price from job where worker_team_id = $1 and status = ", job_status!(completed), " order by key desc limit $2"))
        .bind(team)
        .bind(PRICES)
        .all(conn)
        .await
}

#[derive(Deserialize)]
struct ExperienceRow {
    category: Category,
    #[serde(flatten)]
    experience: Experience,
}

/// Sums up the latest finished and abandoned jobs of an agent by category.
pub(super) async fn experience(conn: &mut Conn, agent: &AgentId) -> Result<Vec<(Category, Experience)>> {
    let now = conn.now;
    let rows: Vec<ExperienceRow> = sql(concat!(
        "select j.category, count(case when j.status = ",
        job_status!(completed),
        " then 1 end) as finished, count(case when j.status = ",
        job_status!(completed),
        " and (j.deadline is null or j.deadline >= (select min(d.created_at) from deliverable d where d.job_key = j.key)) then 1 end) as on_time, \
         count(case when j.status = ",
        job_status!(expired),
        " then 1 end) as abandoned, count(h.job_key) as hallmarks, count(r.stars) as ratings, \
         cast(coalesce(sum(r.stars), 0) as bigint) as stars from (select n.key from job n where n.agent_id = $1 and n.status in (",
        job_status!(completed),
        ", ",
        job_status!(expired),
        ") order by n.key desc limit $3) as latest join job j on j.key = latest.key left join hallmark h on h.job_key = j.key \
         left join rating r on r.job_key = j.key and r.side = 'poster' and r.visible_at <= $2 group by j.category order by j.category"
    ))
    .bind(agent)
    .bind(now)
    .bind(JOBS_MAX)
    .all(conn)
    .await?;
    Ok(rows.into_iter().map(|row| (row.category, row.experience)).collect())
}

#[derive(Deserialize)]
struct StarsRow {
    team_id: String,
    stars: i64,
}

/// Returns the stars of the last rating of a team by each poster, by the id of the poster's team.
pub(super) async fn poster_stars(conn: &mut Conn, team: &TeamId) -> Result<HashMap<String, i64>> {
    let now = conn.now;
    let rows: Vec<StarsRow> = sql("select team_id, stars from rating where rated_team_id = $1 and side = 'poster' and visible_at <= $2 \
         order by visible_at desc, id desc limit $3")
    .bind(team)
    .bind(now)
    .bind(RATINGS_MAX)
    .all(conn)
    .await?;
    // The oldest first, so that the latest one stays.
    Ok(rows.into_iter().rev().map(|row| (row.team_id, row.stars)).collect())
}

/// Lists the jobs of a team's latest applications.
pub(super) async fn applied(conn: &mut Conn, team: &TeamId) -> Result<HashSet<JobKey>> {
    let keys: Vec<JobKey> =
        sql("select job_key from application where team_id = $1 and kind = 'work' order by created_at desc, id desc limit $2")
            .bind(team)
            .bind(APPLICATIONS_MAX)
            .long()
            .all(conn)
            .await?;
    Ok(keys.into_iter().collect())
}

/// Lists the ids of suspended teams with an open job.
pub(super) async fn suspended_posters(conn: &mut Conn) -> Result<HashSet<String>> {
    let teams: Vec<String> = sql(concat!(
        "select distinct t.team_id from member m join team_member t on t.member_id = m.id where m.suspended_at is not null and ",
        identity::team_is_suspended!("t.team_id"),
        " and exists (select 1 from job j where j.team_id = t.team_id and j.status = ",
        job_status!(open),
        ")"
    ))
    .all(conn)
    .await?;
    Ok(teams.into_iter().collect())
}
