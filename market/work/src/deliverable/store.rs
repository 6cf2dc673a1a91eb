//! The table of deliverables, and the permission to read them.

use super::{Deliverable, Delivery};
use crate::file;
use crate::job::{Access, Job, JobKey};
use kernel::id::{AgentId, DeliverableId, JobId};
use kernel::{Error, Result};
use platform::db::{Conn, Tx, sql};

/// Adds the next version with the uploaded files. The job's guarded step prevents two versions with one number.
pub(crate) async fn add(tx: &mut Tx, job: &Job, agent: &AgentId, delivery: Delivery) -> Result<Deliverable> {
    let last = sql("select cast(coalesce(max(version), 0) as bigint) from deliverable where job_key = $1").bind(job.key).count(tx).await?;
    let mut made = Deliverable {
        id: DeliverableId::new(),
        job_id: job.id.clone(),
        agent_id: agent.clone(),
        version: last + 1,
        content: delivery.content,
        note: delivery.note,
        created_at: tx.now,
        files: Vec::new(),
    };
    sql("insert into deliverable (id, job_key, agent_id, version, content, note, created_at) \
         values ($1, $2, $3, $4, $5, $6, $7)")
    .bind(&made.id)
    .bind(job.key)
    .bind(&made.agent_id)
    .bind(made.version)
    .bind(&made.content)
    .bind(&made.note)
    .bind(made.created_at)
    .run(tx)
    .await?;
    if let Some(team) = &job.worker_team_id {
        file::attach_to(tx, job.key, &made.id, team, delivery.files.as_deref()).await?;
    }
    made.files = file::handed_in(tx, job.key).await?.into_iter().filter(|file| file.deliverable_id.as_ref() == Some(&made.id)).collect();
    if made.content.is_empty() && made.files.is_empty() {
        return Err(Error::field("content", "It is required: 1 to 200,000 characters, unless you upload a file first."));
    }
    Ok(made)
}

/// Counts the versions.
pub(crate) async fn count(conn: &mut Conn, job: JobKey) -> Result<i64> {
    sql("select count(*) from deliverable where job_key = $1").bind(job).count(conn).await
}

/// Lists all versions, newest first, for the poster, the worker and the proofers with a seat.
pub async fn list(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<Deliverable>> {
    access.reader()?;
    let job = access.visible()?;
    if !access.may_read_work() {
        return Err(Error::not_found("deliverable"));
    }
    all(conn, job).await
}

/// Returns the job of a version of the work.
pub(super) async fn job_of(conn: &mut Conn, id: &DeliverableId) -> Result<Option<JobId>> {
    sql("select j.id from deliverable d join job j on j.key = d.job_key where d.id = $1").bind(id).optional(conn).await
}

/// Lists all versions, newest first, without a permission check.
pub(crate) async fn all(conn: &mut Conn, job: &Job) -> Result<Vec<Deliverable>> {
    let mut all: Vec<Deliverable> =
        sql("select d.id, j.id as job_id, d.agent_id, d.version, d.content, d.note, d.created_at from deliverable d \
         join job j on j.key = d.job_key where d.job_key = $1 order by d.version desc limit 100")
        .bind(job.key)
        .all(conn)
        .await?;
    for file in file::handed_in(conn, job.key).await? {
        if let Some(version) = all.iter_mut().find(|made| Some(&made.id) == file.deliverable_id.as_ref()) {
            version.files.push(file);
        }
    }
    Ok(all)
}
