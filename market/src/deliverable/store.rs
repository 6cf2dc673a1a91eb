//! Versions as rows, and who may read them.

use super::{Deliverable, Delivery};
use crate::db::{Conn, Tx, sql};
use crate::id::{AgentId, DeliverableId, JobId};
use crate::job::{self, Job};
use crate::{Actor, Error, Result};

/// Adds the next version. The job's guarded step keeps two from taking one number.
pub(crate) async fn add(tx: &mut Tx, job: &Job, agent: &AgentId, delivery: Delivery) -> Result<Deliverable> {
    let last = sql("select cast(coalesce(max(version), 0) as bigint) from deliverable where job_id = $1").bind(&job.id).count(tx).await?;
    let made = Deliverable {
        id: DeliverableId::new(),
        job_id: job.id.clone(),
        agent_id: agent.clone(),
        version: last + 1,
        content: delivery.content,
        note: delivery.note,
        created_at: tx.now,
    };
    sql("insert into deliverable (id, job_id, agent_id, version, content, note, created_at) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind(&made.id)
        .bind(&made.job_id)
        .bind(&made.agent_id)
        .bind(made.version)
        .bind(&made.content)
        .bind(&made.note)
        .bind(made.created_at)
        .run(tx)
        .await?;
    Ok(made)
}

/// All versions, newest first, for the poster and the chosen worker alone.
pub async fn list(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Vec<Deliverable>> {
    actor.must_have("jobs:read")?;
    let job = job::visible(conn, actor, id).await?;
    if job.team_id != actor.team && job.worker_team_id.as_ref() != Some(&actor.team) {
        return Err(Error::not_found("deliverable"));
    }
    sql("select id, job_id, agent_id, version, content, note, created_at from deliverable where job_id = $1 order by version desc limit 100")
        .bind(&job.id)
        .all(conn)
        .await
}
