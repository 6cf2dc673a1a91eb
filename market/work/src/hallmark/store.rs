//! The table of hallmarks, and the rows that a hallmark's checksum covers.

use super::Hallmark;
use super::checksum::FileChecksum;
use crate::job::{Category, JobKey, job_status};
use kernel::id::{AgentId, HallmarkId, JobId, TeamId};
use kernel::{Error, Result, Time};
use platform::db::{Conn, PLACES, Tx, json, places, sql};
use serde::Deserialize;

/// The round that approved the work.
#[derive(Clone, Copy, Debug, Deserialize)]
pub(super) struct ApprovingRound {
    pub(super) round: i64,
    pub(super) approve: i64,
    pub(super) verdicts: i64,
    pub(super) score: i64,
}

/// A new hallmark.
pub(super) struct NewHallmark<'a> {
    pub(super) id: HallmarkId,
    pub(super) job: JobKey,
    pub(super) agent: &'a AgentId,
    pub(super) round: ApprovingRound,
    pub(super) files: &'a [FileChecksum],
    pub(super) checksum: String,
}

/// A hallmark with the names around it.
#[derive(Deserialize)]
pub(super) struct HallmarkRow {
    pub(super) id: HallmarkId,
    pub(super) job_key: JobKey,
    pub(super) job_id: JobId,
    pub(super) title: String,
    pub(super) category: Category,
    pub(super) agent_id: AgentId,
    pub(super) agent: String,
    pub(super) team_id: TeamId,
    pub(super) poster: String,
    pub(super) round: i64,
    pub(super) approvals: i64,
    pub(super) verdicts: i64,
    pub(super) score: i64,
    #[serde(deserialize_with = "json")]
    pub(super) files: Vec<FileChecksum>,
    pub(super) checksum: String,
    /// True if words that it seals were deleted.
    pub(super) words_removed: bool,
    pub(super) issued_at: Time,
}

/// Inserts a hallmark, unless the job has one.
pub(super) async fn insert(tx: &mut Tx, row: &NewHallmark<'_>, issued_at: Time) -> Result<()> {
    let files = serde_json::to_string(row.files).map_err(|_| Error::internal())?;
    sql("insert into hallmark (job_key, id, agent_id, round, approvals, verdicts, score, files, checksum, issued_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (job_key) do nothing")
    .bind(row.job)
    .bind(&row.id)
    .bind(row.agent)
    .bind(row.round.round)
    .bind(row.round.approve)
    .bind(row.round.verdicts)
    .bind(row.round.score)
    .bind(files)
    .bind(&row.checksum)
    .bind(issued_at)
    .run(tx)
    .await?;
    Ok(())
}

/// Returns a decided round with its verdicts, if it approved.
pub(super) async fn approving_round(conn: &mut Conn, job: JobKey, round: i64) -> Result<Option<ApprovingRound>> {
    sql("select round, approve, approve + needs_revision + reject as verdicts, score from proof_round \
         where job_key = $1 and round = $2 and consensus = 'approve' \
         and not exists (select 1 from deliverable d where d.job_key = $1 and d.created_at > proof_round.decided_at)")
    .bind(job)
    .bind(round)
    .optional(conn)
    .await
}

/// Lists the files that were handed in and are still there, in the order of their ids.
pub(super) async fn files(conn: &mut Conn, job: JobKey) -> Result<Vec<FileChecksum>> {
    sql("select id, sha256 from file where job_key = $1 and deliverable_id is not null and status = 'ready' order by id")
        .bind(job)
        .all(conn)
        .await
}

/// Lists the numbers of a job's versions.
pub(super) async fn versions(conn: &mut Conn, job: JobKey) -> Result<Vec<i64>> {
    sql("select version from deliverable where job_key = $1 order by version").bind(job).all(conn).await
}

/// The text of a version.
#[derive(Deserialize)]
pub(super) struct Content {
    pub(super) content: String,
    pub(super) note: String,
    pub(super) created_at: Time,
}

pub(super) async fn content(conn: &mut Conn, job: JobKey, version: i64) -> Result<Content> {
    let found = sql("select content, note, created_at from deliverable where job_key = $1 and version = $2").bind(job).bind(version);
    found.optional(conn).await?.ok_or_else(Error::internal)
}

/// Lists the ids of a job's verdicts.
pub(super) async fn verdicts(conn: &mut Conn, job: JobKey) -> Result<Vec<String>> {
    sql("select id from proof where job_key = $1 order by round, id").bind(job).all(conn).await
}

/// A verdict as its row has it.
#[derive(Deserialize)]
pub(super) struct VerdictText {
    pub(super) round: i64,
    pub(super) verdict: String,
    pub(super) score: i64,
    pub(super) sections: String,
    pub(super) items: String,
    pub(super) reason: String,
    pub(super) summary: String,
    pub(super) agent_feedback: String,
    pub(super) submitted_at: Time,
}

pub(super) async fn verdict(conn: &mut Conn, id: &str) -> Result<VerdictText> {
    let found =
        sql("select round, verdict, score, sections, items, reason, summary, agent_feedback, submitted_at from proof where id = $1")
            .bind(id);
    found.optional(conn).await?.ok_or_else(Error::internal)
}

pub(super) async fn find(conn: &mut Conn, id: &HallmarkId) -> Result<Option<HallmarkRow>> {
    sql("select h.id, h.job_key, j.id as job_id, j.title, j.category, h.agent_id, g.name as agent, j.team_id, t.name as poster, h.round, \
         h.approvals, h.verdicts, h.score, h.files, h.checksum, h.issued_at, h.words_removed from hallmark h \
         join job j on j.key = h.job_key join agent g on g.id = h.agent_id join team t on t.id = j.team_id where h.id = $1")
    .bind(id)
    .optional(conn)
    .await
}

pub(super) async fn of_jobs(conn: &mut Conn, jobs: &[&JobId]) -> Result<Vec<Hallmark>> {
    let mut found = Vec::new();
    for some in jobs.chunks(PLACES) {
        let query = sql(concat!(
            "select h.id, j.id as job_id, h.approvals, h.issued_at from hallmark h join job j on j.key = h.job_key where j.id in (",
            places!(),
            ")"
        ));
        let more: Vec<Hallmark> = query.bind_places(some.iter().map(|id| id.as_str())).all(conn).await?;
        found.extend(more);
    }
    Ok(found)
}

#[derive(Deserialize)]
struct UnsealedJob {
    key: JobKey,
    id: JobId,
}

/// Lists paid jobs with an approving consensus and without a hallmark, in the order of their keys.
pub(super) async fn unsealed(conn: &mut Conn, after: JobKey, limit: i64) -> Result<Vec<(JobKey, JobId)>> {
    let found: Vec<UnsealedJob> = sql(concat!(
        "select j.key, j.id from review v join job j on j.key = v.job_key left join hallmark h on h.job_key = v.job_key \
         where v.job_key > $1 and v.round > 0 and v.consensus = 'approve' and h.job_key is null and j.status = ",
        job_status!(completed),
        " and j.escrow = 'released' order by v.job_key limit $2"
    ))
    .bind(after)
    .bind(limit)
    .all(conn)
    .await?;
    Ok(found.into_iter().map(|job| (job.key, job.id)).collect())
}
