//! Many rows at once, to see that a list of them is no slower for it.

use crate::TestApp;
use market::db::sql;
use market::id::JobId;

/// The number of copies.
const COPIES: i64 = 10_000;

impl TestApp {
    /// Ten thousand more jobs like one, with its review, posted a month before it.
    pub async fn crowd_of(&self, job: &JobId) {
        let mut tx = self.market.begin().await.expect("begins");
        sql("with recursive n (i) as (select 1 union all select i + 1 from n where i < $2) \
             insert into job (id, team_id, member_id, title, search, description, category, status, budget_min, budget_max, release_delay, \
             fee_bps, escrow, due_at, created_at, updated_at) \
             select substr(j.id, 1, 24) || cast(100000000000 + n.i as text), j.team_id, j.member_id, j.title, j.search, j.description, \
             j.category, j.status, j.budget_min, j.budget_max, j.release_delay, j.fee_bps, j.escrow, j.due_at, \
             '2026-08-' || cast(10 + n.i % 20 as text) || substr(j.created_at, 11), j.updated_at from n cross join job j where j.id = $1")
        .bind(job)
        .bind(COPIES)
        .run(&mut tx)
        .await
        .expect("inserts jobs");
        sql("insert into review (job_key, team_id, proofer_count, proof_fee, tie_break, rubric, round, updated_at) \
             select c.key, v.team_id, v.proofer_count, v.proof_fee, v.tie_break, v.rubric, v.round, v.updated_at \
             from job j join review v on v.job_key = j.key join job c on substr(c.id, 1, 24) = substr(j.id, 1, 24) and c.key <> j.key \
             where j.id = $1")
        .bind(job)
        .run(&mut tx)
        .await
        .expect("inserts their reviews");
        tx.commit().await.expect("commits");
    }
}
