//! Deletion of old events. A job's history stays as long as the job, and a line of an audit log as long as its own rule says.

use super::store::Follower;
use super::{AUDIT, Catalogue, Event, store};
use crate::SWEEP_BATCH;
use crate::db::Tx;
use kernel::{Result, Time};

/// Takes what happened longer ago than [`Rules::event_retention`](crate::Rules::event_retention) from the streams, and
/// deletes what is neither history nor audited ([`Spec`](super::Spec)); [`SWEEP_BATCH`] at a time, returns how many. A worker's chore.
pub async fn sweep(tx: &mut Tx, catalogue: &Catalogue) -> Result<u64> {
    let kept_since = tx.now.before(tx.rules.event_retention);
    let next = old(tx, Follower::Streams, kept_since).await?;
    let Some((swept, last)) = next.advance(tx).await? else { return Ok(0) };
    for topic in next.topics(|topic| !topic.starts_with(AUDIT)) {
        store::forget_topic(tx, topic, swept, last).await?;
    }
    store::forget_unless(tx, swept, last, &catalogue.outlasting_streams()).await?;
    Ok(next.events.len() as u64)
}

/// Deletes the lines of audit logs that are older than [`Rules::audit_retention`](crate::Rules::audit_retention), and with
/// them their events; [`SWEEP_BATCH`] events at a time, returns how many it looked at. A worker's chore.
///
/// It stays behind [`sweep`], because streams resume after the events that were taken from them and need all later ones.
pub async fn sweep_audit(tx: &mut Tx, catalogue: &Catalogue) -> Result<u64> {
    let kept_since = tx.now.before(tx.rules.audit_retention);
    let mut next = old(tx, Follower::Audit, kept_since).await?;
    let taken = store::swept(tx).await?;
    next.events.retain(|event| event.seq <= taken);
    let Some((swept, last)) = next.advance(tx).await? else { return Ok(0) };
    for topic in next.topics(|topic| topic.starts_with(AUDIT)) {
        store::forget_topic(tx, topic, swept, last).await?;
    }
    store::forget(tx, swept, last, &catalogue.only_audited()).await?;
    Ok(next.events.len() as u64)
}

/// The next events that a sweep looks at.
struct Old {
    who: Follower,
    /// The number of the last event that the sweep has looked at.
    swept: i64,
    events: Vec<Event>,
}

/// Reads a prefix of the events that a sweep has not looked at. It is a prefix by number, not by time alone: a stream resumes
/// after a number and needs all later events.
async fn old(tx: &mut Tx, who: Follower, kept_since: Time) -> Result<Old> {
    let swept = store::followed(tx, who).await?;
    // Most of the time the next event is young, and one row says so.
    let is_old = |events: &[Event]| events.first().is_some_and(|event| event.at < kept_since);
    let next = match is_old(&store::since(tx, swept, 1).await?) {
        true => store::since(tx, swept, SWEEP_BATCH).await?,
        false => Vec::new(),
    };
    Ok(Old { who, swept, events: next.into_iter().take_while(|event| event.at < kept_since).collect() })
}

impl Old {
    /// Notes how far the sweep has come, and returns the numbers between which the events are; none if there are none, or if
    /// another process is at it.
    async fn advance(&self, tx: &mut Tx) -> Result<Option<(i64, i64)>> {
        let Some(last) = self.events.last() else { return Ok(None) };
        let is_ours = store::advance(tx, self.who, self.swept, last.seq).await?;
        Ok(is_ours.then_some((self.swept, last.seq)))
    }

    /// Returns those of the events' topics that the sweep is about, each once.
    fn topics(&self, is_swept: impl Fn(&str) -> bool) -> Vec<&str> {
        let all = self.events.iter().flat_map(|event| event.audience.split(' ').chain([event.team_id.as_str()]));
        let mut topics: Vec<&str> = all.filter(|topic| !topic.is_empty() && is_swept(topic)).collect();
        topics.sort_unstable();
        topics.dedup();
        topics
    }
}
