//! The table of files.

use super::{ALIVE_FOR, DiscardedFile, File, Kind};
use crate::job::JobKey;
use kernel::id::{AgentId, DeliverableId, FileId, JobId, TeamId};
use kernel::page::Part;
use kernel::{Error, Page, Result, Time};
use platform::db::{Conn, Tx, sql};

macro_rules! select {
    ($rest:literal) => {
        sql(concat!(
            "select id, (select j.id from job j where j.key = job_key) as job_id, deliverable_id, kind, team_id, member_id, status, name, content_type, size, sha256, for_chosen, created_at from file ",
            $rest
        ))
    };
}

pub(super) async fn insert(tx: &mut Tx, job: JobKey, file: &File) -> Result<()> {
    sql("insert into file (id, job_key, kind, team_id, member_id, status, name, content_type, size, sha256, alive_at, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)")
    .bind(&file.id)
    .bind(job)
    .bind(file.kind.as_str())
    .bind(&file.team_id)
    .bind(&file.member_id)
    .bind(file.status.as_str())
    .bind(&file.name)
    .bind(&file.content_type)
    .bind(file.size)
    .bind(&file.sha256)
    .bind(file.created_at)
    .run(tx)
    .await?;
    Ok(())
}

pub(super) async fn find(conn: &mut Conn, id: &FileId) -> Result<Option<File>> {
    select!("where id = $1").bind(id).optional(conn).await
}

/// False if it is not pending any more.
pub(super) async fn touch(tx: &mut Tx, id: &FileId, parts: Option<&str>) -> Result<bool> {
    let now = tx.now;
    let touched = sql("update file set alive_at = $1, parts = coalesce($2, parts) where id = $3 and status = 'pending'")
        .bind(now)
        .bind(parts)
        .bind(id)
        .run(tx)
        .await?;
    Ok(touched == 1)
}

/// False if it is not pending any more.
pub(super) async fn complete(tx: &mut Tx, file: &File) -> Result<bool> {
    let completed =
        sql("update file set status = 'ready', size = $1, sha256 = $2, parts = null, for_chosen = $4 where id = $3 and status = 'pending'")
            .bind(file.size)
            .bind(&file.sha256)
            .bind(&file.id)
            .bind(file.for_chosen)
            .run(tx)
            .await?;
    Ok(completed == 1)
}

/// Nothing if it is not pending any more.
pub(super) async fn give_up(tx: &mut Tx, id: &FileId) -> Result<()> {
    sql("update file set status = 'gone' where id = $1 and status = 'pending'").bind(id).run(tx).await?;
    Ok(())
}

/// Returns true if the bytes are no longer needed.
pub(super) async fn is_gone(conn: &mut Conn, id: &FileId) -> Result<bool> {
    Ok(sql("select count(*) from file where id = $1 and status <> 'gone'").bind(id).count(conn).await? == 0)
}

/// False if it was handed in, or is gone.
pub(super) async fn take_back(tx: &mut Tx, id: &FileId) -> Result<bool> {
    let taken =
        sql("update file set status = 'gone' where id = $1 and status = 'ready' and deliverable_id is null").bind(id).run(tx).await?;
    Ok(taken == 1)
}

pub(super) async fn attach_all(tx: &mut Tx, job: JobKey, deliverable: &DeliverableId, worker: &TeamId) -> Result<()> {
    sql("update file set deliverable_id = $1 \
         where job_key = $2 and team_id = $3 and kind = 'deliverable' and status = 'ready' and deliverable_id is null")
    .bind(deliverable)
    .bind(job)
    .bind(worker)
    .run(tx)
    .await?;
    Ok(())
}

/// Joins one uploaded file to a version; false if no such file of the worker waits for this job.
pub(super) async fn attach(tx: &mut Tx, job: JobKey, deliverable: &DeliverableId, worker: &TeamId, file: &FileId) -> Result<bool> {
    let attached = sql("update file set deliverable_id = $1 where id = $2 and job_key = $3 and team_id = $4 and kind = 'deliverable' \
         and status = 'ready' and deliverable_id is null")
    .bind(deliverable)
    .bind(file)
    .bind(job)
    .bind(worker)
    .run(tx)
    .await?;
    Ok(attached == 1)
}

/// Lists jobs that an agent works on, the last changed first.
pub(super) async fn jobs_of(conn: &mut Conn, agent: &AgentId, limit: i64) -> Result<Vec<JobId>> {
    sql("select id from job where agent_id = $1 and status in ('in_progress', 'revision_requested') order by updated_at desc, key desc limit $2")
        .bind(agent)
        .bind(limit)
        .all(conn)
        .await
}

/// Counts a job's files of a kind that belong to no version.
pub(super) async fn unattached(conn: &mut Conn, job: JobKey, kind: Kind) -> Result<i64> {
    sql("select count(*) from file where job_key = $1 and kind = $2 and status = 'ready' and deliverable_id is null")
        .bind(job)
        .bind(kind.as_str())
        .count(conn)
        .await
}

/// Counts a team's current uploads.
pub(super) async fn on_their_way(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    let heard = conn.now.before(ALIVE_FOR);
    sql("select count(*) from file where team_id = $1 and status = 'pending' and alive_at > $2").bind(team).bind(heard).count(conn).await
}

/// The bytes that a team's files take.
pub(super) async fn used(conn: &mut Conn, team: &TeamId) -> Result<i64> {
    sql("select cast(coalesce(sum(size), 0) as bigint) from file where team_id = $1 and status = 'ready'").bind(team).count(conn).await
}

/// The bytes that all files take, with those that are removed but not deleted from the store yet.
pub(super) async fn total(conn: &mut Conn) -> Result<i64> {
    sql("select cast(coalesce(sum(size), 0) as bigint) from file").long().count(conn).await
}

/// Lists a job's attachments; without those for the chosen alone if `for_chosen` is false.
/// A part may begin after one that was removed meanwhile.
pub(super) async fn attachments(conn: &mut Conn, job: JobKey, for_chosen: bool, part: &Part) -> Result<Page<File>> {
    let Part { paging, after } = part;
    if let Some(after) = after {
        let known = sql("select count(*) from file where job_key = $1 and id = $2 and kind = 'attachment'").bind(job).bind(after.as_str());
        part.must_know(known.count(conn).await?)?;
    }
    let total = sql("select count(*) from file where job_key = $1 and kind = 'attachment' and status = 'ready' and for_chosen <= $2")
        .bind(job)
        .bind(for_chosen)
        .count(conn)
        .await?;
    let files = select!(
        "where job_key = $1 and kind = 'attachment' and status = 'ready' and for_chosen <= $2 \
         and (cast($5 as text) is null or exists (select 1 from file c where c.id = $5 \
         and (file.created_at > c.created_at or (file.created_at = c.created_at and file.id > c.id)))) \
         order by created_at, id limit $3 offset $4"
    )
    .bind(job)
    .bind(for_chosen)
    .part(part)
    .all(conn)
    .await?;
    Ok(Page::new(files, total, *paging))
}

pub(super) async fn waiting(conn: &mut Conn, job: JobKey, team: &TeamId) -> Result<Vec<File>> {
    select!(
        "where job_key = $1 and team_id = $2 and kind = 'deliverable' and status = 'ready' and deliverable_id is null order by created_at, id limit 100"
    )
    .bind(job)
    .bind(team)
    .all(conn)
    .await
}

pub(super) async fn handed_in(conn: &mut Conn, job: JobKey) -> Result<Vec<File>> {
    select!(
        "where job_key = $1 and kind = 'deliverable' and status = 'ready' and deliverable_id is not null order by created_at, id limit 5000"
    )
    .bind(job)
    .all(conn)
    .await
}

/// Abandons uploads without progress for too long.
pub(super) async fn condemn(tx: &mut Tx, limit: i64) -> Result<u64> {
    let heard = tx.now.before(ALIVE_FOR);
    sql("update file set status = 'gone' \
         where id in (select id from file where status = 'pending' and alive_at <= $1 order by alive_at limit $2)")
    .bind(heard)
    .bind(limit)
    .run(tx)
    .await
}

/// Marks files of jobs that closed long ago for removal.
pub(super) async fn expire(tx: &mut Tx, closed: Time, limit: i64) -> Result<u64> {
    sql("update file set status = 'gone' where id in (select f.id from file f join job j on j.key = f.job_key \
         where f.status = 'ready' and f.alive_at <= $1 and j.closed_at <= $1 order by f.alive_at limit $2)")
    .bind(closed)
    .bind(limit)
    .run(tx)
    .await
}

pub(super) async fn discarded(conn: &mut Conn, limit: i64) -> Result<Vec<DiscardedFile>> {
    sql("select id, parts from file where status = 'gone' order by alive_at, id limit $1").bind(limit).all(conn).await
}

pub(super) async fn forget(tx: &mut Tx, id: &FileId) -> Result<()> {
    sql("delete from file where id = $1 and status = 'gone'").bind(id).run(tx).await?;
    Ok(())
}

pub(super) async fn exists(conn: &mut Conn, id: &FileId) -> Result<bool> {
    Ok(sql("select count(*) from file where id = $1").bind(id).count(conn).await? > 0)
}

/// Stores a name for the store's folder unless there is one; returns the stored one.
pub(super) async fn home(tx: &mut Tx, fresh: &str) -> Result<String> {
    sql("insert into setting (name, value) values ('files', $1) on conflict (name) do nothing").bind(fresh).run(tx).await?;
    sql("select value from setting where name = 'files'").optional(tx).await?.ok_or_else(Error::internal)
}
