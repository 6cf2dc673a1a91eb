//! Issuing hallmarks: with the payment, and once for jobs that were paid before there were hallmarks.

use super::{checksum, store};
use crate::job::{self, Job, JobKey};
use kernel::Result;
use kernel::id::HallmarkId;
use platform::Market;
use platform::db::Tx;

/// The number of hallmarks that one transaction issues.
const BATCH: i64 = 100;

/// Issues the hallmark of a job that was just paid, if it earned one.
pub(crate) async fn issue(tx: &mut Tx, job: &Job) -> Result<()> {
    if !job.earned_hallmark() {
        return Ok(());
    }
    let Some(agent) = &job.agent_id else { return Ok(()) };
    let Some(round) = store::approving_round(tx, job.key, job.round()).await? else { return Ok(()) };
    let files = store::files(tx, job.key).await?;
    let checksum = checksum::of(tx, job.key, &files).await?;
    let row = store::NewHallmark { id: HallmarkId::new(), job: job.key, agent, round, files: &files, checksum };
    store::insert(tx, &row, job.closed_at.unwrap_or(tx.now)).await
}

/// Issues hallmarks for paid jobs after `after` that have none, a batch at a time; returns the last job that was looked at, none at the
/// end.
async fn issue_missing(tx: &mut Tx, after: JobKey) -> Result<Option<JobKey>> {
    let missing = store::unsealed(tx, after, BATCH).await?;
    for (_, id) in &missing {
        if let Some(job) = job::find(tx, id).await? {
            issue(tx, &job).await?;
        }
    }
    Ok(missing.last().map(|(key, _)| *key))
}

/// Issues all missing hallmarks, each batch in its own transaction.
pub async fn issue_all_missing(market: &Market) -> Result<()> {
    let mut after = JobKey::default();
    loop {
        let mut tx = market.begin().await?;
        let last = issue_missing(&mut tx, after).await?;
        tx.commit().await?;
        let Some(last) = last else { return Ok(()) };
        after = last;
    }
}
