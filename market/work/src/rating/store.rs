//! The table of ratings, and the figures of a team.

use super::{Rating, Record, Reputation, mean_hundredths};
use crate::job::{Job, JobKey, job_status};
use crate::party::Party;
use identity::Actor;
use kernel::id::{RatingId, TeamId};
use kernel::page::Part;
use kernel::{Page, Result, Time};
use platform::db::{Conn, PLACES, Tx, places, sql};
use serde::Deserialize;
use std::collections::HashMap;

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "select r.id, j.id as job_id, j.title as job_title, r.side, \
             case when r.side = 'poster' then t.name else coalesce(g.name, t.name) end as author, r.stars, r.comment, \
             case when r.hidden_at is null then 0 else 1 end as is_hidden, r.created_at, r.visible_at from rating r join job j on j.key = r.job_key join team t on t.id = r.team_id \
             left join agent g on g.id = j.agent_id where ",
            $rest
        )
    };
}

/// A new rating.
pub(super) struct NewRating<'a> {
    pub(super) id: &'a RatingId,
    pub(super) job: &'a Job,
    pub(super) side: Party,
    pub(super) actor: &'a Actor,
    pub(super) rated: &'a TeamId,
    pub(super) stars: i64,
    pub(super) comment: &'a str,
    pub(super) visible_at: Time,
}

/// Inserts a rating; false if the side has rated before.
pub(super) async fn insert(tx: &mut Tx, row: &NewRating<'_>) -> Result<bool> {
    let now = tx.now;
    let made = sql("insert into rating (id, job_key, side, team_id, member_id, rated_team_id, stars, comment, created_at, visible_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (job_key, side) do nothing")
    .bind(row.id)
    .bind(row.job.key)
    .bind(row.side.as_str())
    .bind(&row.actor.team)
    .bind(&row.actor.member)
    .bind(row.rated)
    .bind(row.stars)
    .bind(row.comment)
    .bind(now)
    .bind(row.visible_at)
    .run(tx)
    .await?;
    Ok(made == 1)
}

/// Hides the comment of a rating, or shows it again. Its stars count as before.
pub async fn set_hidden(tx: &mut Tx, id: &RatingId, at: Option<Time>) -> Result<()> {
    sql("update rating set hidden_at = $1 where id = $2").bind(at).bind(id).run(tx).await?;
    Ok(())
}

/// Counts the sides that have rated.
pub(super) async fn given(conn: &mut Conn, job: JobKey) -> Result<i64> {
    sql("select count(*) from rating where job_key = $1").bind(job).count(conn).await
}

/// Makes the ratings of a job visible.
pub(super) async fn uncover(tx: &mut Tx, job: JobKey) -> Result<()> {
    let now = tx.now;
    sql("update rating set visible_at = $1 where job_key = $2").bind(now).bind(job).run(tx).await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &RatingId) -> Result<Option<Rating>> {
    sql(select!("r.id = $1")).bind(id).optional(conn).await
}

pub(super) async fn of_job(conn: &mut Conn, job: JobKey) -> Result<Vec<Rating>> {
    sql(select!("r.job_key = $1 order by r.side")).bind(job).all(conn).await
}

pub(super) async fn received(conn: &mut Conn, team: &TeamId, part: &Part) -> Result<Page<Rating>> {
    let Part { paging, after } = part;
    let total = of_team(conn, team).await?.count;
    let now = conn.now;
    let after = match after {
        Some(id) => Some(of_receiver(conn, team, id).await?.ok_or_else(Part::unknown)?),
        None => None,
    };
    let items = sql(select!(
        "r.rated_team_id = $1 and r.visible_at <= $2 and (cast($5 as text) is null or r.visible_at < $5 or (r.visible_at = $5 and r.id > $6)) \
         order by r.visible_at desc, r.id limit $3 offset $4"
    ));
    let items = items
        .bind(team)
        .bind(now)
        .page(*paging)
        .bind(after.as_ref().map(|one| one.visible_at))
        .bind(after.as_ref().map(|one| one.id.as_str()));
    Ok(Page::new(items.all(conn).await?, total, *paging))
}

/// Returns a visible rating of a team.
async fn of_receiver(conn: &mut Conn, team: &TeamId, id: &str) -> Result<Option<Rating>> {
    let now = conn.now;
    sql(select!("r.rated_team_id = $1 and r.visible_at <= $2 and r.id = $3")).bind(team).bind(now).bind(id).optional(conn).await
}

#[derive(Deserialize)]
struct RatingSum {
    count: i64,
    stars: i64,
}

/// Returns the mean of a team's visible ratings, on either side of its jobs.
pub async fn of_team(conn: &mut Conn, team: &TeamId) -> Result<Reputation> {
    let now = conn.now;
    let sum: Option<RatingSum> = sql("select count(*) as count, cast(coalesce(sum(stars), 0) as bigint) as stars from rating \
         where rated_team_id = $1 and visible_at <= $2")
    .bind(team)
    .bind(now)
    .optional(conn)
    .await?;
    Ok(sum.map(|sum| Reputation::new(sum.count, sum.stars)).unwrap_or_default())
}

#[derive(Deserialize)]
struct RecordRow {
    team_id: TeamId,
    finished: i64,
    on_time: i64,
    abandoned: i64,
    ratings: i64,
    stars: i64,
    rounds: i64,
    scores: i64,
}

/// Returns the records of teams as workers, in one query for each page of a list.
pub async fn record_of(conn: &mut Conn, teams: &[TeamId]) -> Result<HashMap<TeamId, Record>> {
    let mut found = HashMap::new();
    for some in teams.chunks(PLACES) {
        let now = conn.now;
        let query = sql(concat!(
            "select t.id as team_id, \
             (select count(*) from job j where j.worker_team_id = t.id and j.status = ",
            job_status!(completed),
            ") as finished, \
             (select count(*) from job j where j.worker_team_id = t.id and j.status = ",
            job_status!(completed),
            " and (j.deadline is null or j.deadline >= \
             (select min(d.created_at) from deliverable d where d.job_key = j.key))) as on_time, \
             (select count(*) from job j where j.worker_team_id = t.id and j.status = ",
            job_status!(expired),
            ") as abandoned, \
             (select count(*) from rating r where r.rated_team_id = t.id and r.side = 'poster' and r.visible_at <= $101) as ratings, \
             (select cast(coalesce(sum(r.stars), 0) as bigint) from rating r \
             where r.rated_team_id = t.id and r.side = 'poster' and r.visible_at <= $101) as stars, \
             (select count(*) from proof_round p join job j on j.key = p.job_key where j.worker_team_id = t.id) as rounds, \
             (select cast(coalesce(sum(p.score), 0) as bigint) from proof_round p join job j on j.key = p.job_key \
             where j.worker_team_id = t.id) as scores from team t where t.id in (",
            places!(),
            ")"
        ));
        let figures: Vec<RecordRow> = query.bind_places(some.iter().map(TeamId::as_str)).bind(now).all(conn).await?;
        found.extend(figures.into_iter().map(|figures| (figures.team_id.clone(), figures.into())));
    }
    Ok(found)
}

impl From<RecordRow> for Record {
    fn from(figures: RecordRow) -> Self {
        Self {
            team_id: figures.team_id,
            finished: figures.finished,
            on_time: figures.on_time,
            late: figures.finished - figures.on_time + figures.abandoned,
            rating: Reputation::new(figures.ratings, figures.stars),
            proof_average_hundredths: mean_hundredths(figures.rounds, figures.scores),
        }
    }
}
