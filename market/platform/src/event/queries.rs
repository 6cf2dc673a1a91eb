//! The reads of events: all of them, or those of one team.

use super::{Catalogue, Event, EventView, Viewer, store, view};
use crate::db::Conn;
use kernel::Result;
use kernel::page::Part;

/// The number of events that a search backwards reads at a time.
const LOOK: i64 = 100;
/// The most steps of a search backwards through the events of a team, each of a hundred.
const LOOKS_MAX: usize = 10;

/// Lists the events of all teams after `seq`, oldest first.
pub async fn since(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Event>> {
    store::since(conn, seq, limit).await
}

/// Lists the last events that a team received, newest first, each with the JSON that its streams sent.
pub async fn recent(conn: &mut Conn, catalogue: &Catalogue, viewer: &Viewer, limit: usize) -> Result<Vec<EventView>> {
    let swept = store::swept(conn).await?;
    let (mut found, mut before) = (Vec::new(), i64::MAX);
    for _ in 0..LOOKS_MAX {
        let mut heard = store::heard_before(conn, &topics(viewer), before, LOOK).await?;
        heard.retain(|event| event.seq > swept);
        let Some(oldest) = heard.last() else { break };
        before = oldest.seq;
        found.extend(heard.iter().filter_map(|event| view(catalogue, event, viewer)).take(limit - found.len()));
        if found.len() == limit {
            break;
        }
    }
    Ok(found)
}

/// Lists a part of the events of a topic, newest first.
pub async fn listed(conn: &mut Conn, topic: &str, part: &Part) -> Result<Vec<Event>> {
    store::listed(conn, topic, part).await
}

/// Counts the events of a topic, up to a limit.
pub async fn count_told(conn: &mut Conn, topic: &str, limit: i64) -> Result<i64> {
    store::count_told(conn, topic, limit).await
}

/// Lists the events for a viewer within `after < seq <= upto`, oldest first; fewer than `limit` means that there are no more.
pub async fn heard_after(conn: &mut Conn, viewer: &Viewer, after: i64, upto: i64, limit: i64) -> Result<Vec<Event>> {
    let mut heard = Vec::new();
    for topic in topics(viewer) {
        heard.extend(store::of_topic(conn, &topic, after, upto, limit).await?);
    }
    heard.sort_unstable_by_key(|event| event.seq);
    heard.dedup_by_key(|event| event.seq);
    heard.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(heard)
}

/// Returns the number of the viewer's last event or of the last deleted one, whichever is later; zero without either.
pub async fn last_heard(conn: &mut Conn, viewer: &Viewer) -> Result<i64> {
    store::last(conn, &topics(viewer)).await
}

/// Reports whether a stream can resume after `seq`: the number is not after the viewer's last event `heard`, and no later
/// event was deleted.
pub(crate) async fn resumes_after(conn: &mut Conn, seq: i64, heard: i64) -> Result<bool> {
    Ok((store::swept(conn).await?..=heard).contains(&seq))
}

/// Returns the topics whose events a viewer receives: its team, for its own and those that name it, and those that it follows.
pub(crate) fn topics(viewer: &Viewer) -> Vec<String> {
    std::iter::once(viewer.team.to_string()).chain(viewer.topics.iter().map(|topic| topic.name.clone())).collect()
}
