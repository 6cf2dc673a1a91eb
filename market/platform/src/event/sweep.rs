//! Deletion of old events. A job's history stays as long as the job.

use super::{AUDIT, Catalogue, store};
use crate::SWEEP_BATCH;
use crate::db::Tx;
use kernel::Result;

/// Takes what happened longer ago than [`Rules::event_retention`](crate::Rules::event_retention) from the streams, and
/// deletes what is neither history nor audited ([`Spec`](super::Spec)); [`SWEEP_BATCH`] at a time, returns how many. A worker's chore.
pub async fn sweep(tx: &mut Tx, catalogue: &Catalogue) -> Result<u64> {
    let kept_since = tx.now.before(tx.rules.event_retention);
    let swept = store::swept(tx).await?;
    // Delete a prefix by number, not by time alone: a stream resumes after a number and needs all later events.
    let next = store::since(tx, swept, SWEEP_BATCH).await?;
    let old: Vec<_> = next.into_iter().take_while(|event| event.at < kept_since).collect();
    let Some(last) = old.last() else { return Ok(0) };
    if !store::set_swept(tx, swept, last.seq).await? {
        return Ok(0); // Another process is at it.
    }
    let mut topics: Vec<&str> = old.iter().flat_map(|event| event.audience.split(' ')).filter(|topic| is_swept(topic)).collect();
    topics.sort_unstable();
    topics.dedup();
    for topic in topics {
        store::forget_topic(tx, topic, swept, last.seq).await?;
    }
    store::forget(tx, swept, last.seq, &catalogue.history()).await?;
    Ok(old.len() as u64)
}

/// Returns false for the topics of audit logs, which are kept.
fn is_swept(topic: &str) -> bool {
    !topic.is_empty() && !topic.starts_with(AUDIT)
}
