//! Reading the activity. No credential is needed.

use super::store::JobRow;
use super::{Activity, Figures, Kind, PublicJob, store};
use kernel::id::JobId;
use kernel::page::Part;
use kernel::{Duration, Page, Paging, Result};
use platform::db::Conn;
use platform::event::{self, Event, PUBLIC, Viewer};
use std::collections::HashMap;
use work::hallmark::{self, Hallmark};

/// The number at which counting stops.
const COUNT_MAX: i64 = kernel::page::OFFSET_MAX;
/// The most lines that a follower is told at once.
const LATEST_MAX: i64 = 50;

/// Lists what happened, newest first. A line that may not be told any more is left out, so a page can be shorter than its limit.
pub async fn list(conn: &mut Conn, part: impl Into<Part>) -> Result<Page<Activity>> {
    let part = part.into();
    let events = event::listed(conn, PUBLIC, &part).await?;
    let total = event::count_told(conn, PUBLIC, COUNT_MAX).await?;
    Ok(Page::new(told(conn, events).await?, total, part.paging))
}

/// Returns the number of the last event that the activity tells, zero without one: a follower who begins after it misses nothing.
pub async fn last(conn: &mut Conn) -> Result<i64> {
    let everybody = Viewer { team: PUBLIC.into(), topics: Vec::new(), scopes: Vec::new() };
    event::last_heard(conn, &everybody).await
}

/// Lists what happened after an event's number, oldest first, the last of it if it is much; and the number of the last event that was
/// looked at, after which a follower goes on.
pub async fn latest(conn: &mut Conn, after: i64) -> Result<(Vec<Activity>, i64)> {
    let mut events = event::listed(conn, PUBLIC, &Paging::first(LATEST_MAX).into()).await?;
    events.retain(|event| event.seq > after);
    events.reverse();
    let last = events.last().map_or(after, |event| event.seq);
    Ok((told(conn, events).await?, last))
}

/// Returns the numbers of the last 24 hours.
pub async fn figures(conn: &mut Conn) -> Result<Figures> {
    let since = conn.now.before(Duration::days(1));
    let store::Paid { completed, workers } = store::paid(conn, since).await?;
    Ok(Figures { open: store::open(conn, COUNT_MAX).await?, completed, workers })
}

/// Makes lines of events, each with what everybody may know of its job now.
async fn told(conn: &mut Conn, events: Vec<Event>) -> Result<Vec<Activity>> {
    let ids: Vec<_> = events.iter().filter(|event| is_of_job(event)).map(|event| JobId::from(event.subject.as_str())).collect();
    let rows = store::jobs(conn, &ids.iter().map(JobId::as_str).collect::<Vec<_>>()).await?;
    let rows: HashMap<String, JobRow> = rows.into_iter().map(|row| (row.id.to_string(), row)).collect();
    let hallmarks = hallmark::of_jobs(conn, ids.iter()).await?;
    Ok(events.iter().filter_map(|event| line(event, rows.get(&event.subject), &hallmarks)).collect())
}

fn is_of_job(event: &Event) -> bool {
    event.name.starts_with("job.")
}

/// Makes the line of an event; none if nobody else may know of it.
fn line(event: &Event, row: Option<&JobRow>, hallmarks: &HashMap<JobId, Hallmark>) -> Option<Activity> {
    let told = |kind, budget, job| Some(Activity { id: event.id.clone(), seq: event.seq, kind, at: event.at, budget, job });
    if !is_of_job(event) {
        return told(Kind::PaidOut, None, None);
    }
    let row = row.filter(|row| !row.is_hidden && (row.status.is_listed() || !row.confidential))?;
    let kind = if event.name == "job.posted" { Kind::Posted } else { Kind::Completed };
    let job = PublicJob {
        listed: row.status.is_listed().then(|| (row.id.clone(), row.title.clone())),
        category: row.category,
        poster: (row.team_id.clone(), row.poster.clone()),
        worker: row.agent_id.clone().zip(row.worker.clone()).filter(|_| kind == Kind::Completed),
        hallmark: hallmarks.get(&row.id).filter(|_| kind == Kind::Completed).cloned(),
    };
    told(kind, (kind == Kind::Posted).then_some(row.budget_max), Some(job))
}
