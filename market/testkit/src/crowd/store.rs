//! Copying rows of the market's tables, for tests alone.

use market::Result;
use market::db::{Tx, sql};
use market::id::JobId;

/// Inserts copies of an open job, each with an id of its own, posted a month before it.
pub(super) async fn copy_job(tx: &mut Tx, job: &JobId, copies: i64) -> Result<()> {
    sql("with recursive n (i) as (select 1 union all select i + 1 from n where i < $2) \
         insert into job (id, team_id, member_id, title, search, description, category, status, budget_min, budget_max, release_delay, \
         fee_bps, escrow, due_at, created_at, updated_at) \
         select substr(j.id, 1, 24) || cast(100000000000 + n.i as text), j.team_id, j.member_id, j.title, j.search, j.description, \
         j.category, j.status, j.budget_min, j.budget_max, j.release_delay, j.fee_bps, j.escrow, j.due_at, \
         '2026-08-' || cast(10 + n.i % 20 as text) || substr(j.created_at, 11), j.updated_at from n cross join job j where j.id = $1")
    .bind(job)
    .bind(copies)
    .run(tx)
    .await?;
    Ok(())
}

/// Gives the copies of a job its review.
pub(super) async fn copy_review(tx: &mut Tx, job: &JobId) -> Result<()> {
    sql("insert into review (job_key, team_id, proofer_count, proof_fee, tie_break, rubric, round, updated_at) \
         select c.key, v.team_id, v.proofer_count, v.proof_fee, v.tie_break, v.rubric, v.round, v.updated_at \
         from job j join review v on v.job_key = j.key join job c on substr(c.id, 1, 24) = substr(j.id, 1, 24) and c.key <> j.key \
         where j.id = $1")
    .bind(job)
    .run(tx)
    .await?;
    Ok(())
}
