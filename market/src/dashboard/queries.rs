//! The reads of the dashboards, with their permissions.

use super::compare::COMPARED_MAX;
use super::{Applicant, DAYS_MAX, Earnings, HireChoice, Need, Order, PendingApplication, ReviewedJob, Spending, Stage, Task, store};
use identity::Actor;
use kernel::id::JobId;
use kernel::{Duration, Error, Page, Paging, Result};
use platform::db::Conn;
use work::job::{self, Card, Status};
use work::rating;

/// Counts the jobs of the actor's team by status; a status without jobs is left out.
pub async fn stages(conn: &mut Conn, actor: &Actor) -> Result<Vec<Stage>> {
    actor.must_have("jobs:read")?;
    store::stages(conn, &actor.team).await
}

/// Counts the jobs that wait for the actor's team as the worker.
pub async fn moves(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    actor.must_have("jobs:read")?;
    store::moves(conn, &actor.team).await
}

/// Lists the jobs that wait for the actor's team as the poster, the nearest deadline first.
pub async fn needed(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Need>> {
    actor.must_have("jobs:read")?;
    store::needed(conn, &actor.team, paging).await
}

/// Lists the jobs of the actor's team, newest first; of one status or all.
pub async fn posted(conn: &mut Conn, actor: &Actor, status: Option<Status>, paging: Paging) -> Result<Page<Card>> {
    let filter = job::Filter { status, ..job::Filter::default() };
    job::mine(conn, actor, &filter, paging).await
}

/// Returns the spending of the actor's team: the held amounts, and those of jobs that closed within `lately`.
pub async fn spending(conn: &mut Conn, actor: &Actor, lately: Duration) -> Result<Spending> {
    actor.must_have("wallet:read")?;
    store::spending(conn, &actor.team, conn.now.before(lately)).await
}

/// Lists the actor's open jobs with applications to choose from, the longest waiting first.
pub async fn choosing(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<HireChoice>> {
    actor.must_have("jobs:read")?;
    store::choosing(conn, &actor.team, limit).await
}

/// Returns one of the actor's open jobs, if it has applications to choose from.
pub async fn choice(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Option<HireChoice>> {
    actor.must_have("jobs:read")?;
    store::choice(conn, &actor.team, id).await
}

/// Lists the pending applications for one of the actor's jobs, each with the record of its team.
pub async fn applicants(conn: &mut Conn, actor: &Actor, id: &JobId, order: Order, paging: Paging) -> Result<Page<Applicant>> {
    let access = job::access(conn, actor, id).await?;
    let job = access.posted()?.key;
    let total = store::waiting(conn, job).await?;
    let part = if order == Order::Price { paging } else { Paging::first(COMPARED_MAX) };
    let offers = store::offers(conn, job, part).await?;
    let teams: Vec<_> = offers.iter().map(|offer| offer.team_id.clone()).collect();
    let mut records = rating::record_of(conn, &teams).await?;
    let beside = |offer: PendingApplication| records.remove(&offer.team_id).map(|record| Applicant { offer, record });
    let mut applicants: Vec<_> = offers.into_iter().filter_map(beside).collect();
    if order == Order::Price {
        return Ok(Page::new(applicants, total, paging));
    }
    order.sort(&mut applicants);
    let shown = applicants.into_iter().skip(usize::try_from(paging.offset).unwrap_or(0)).take(usize::try_from(paging.limit).unwrap_or(0));
    Ok(Page::new(shown.collect(), total.min(COMPARED_MAX), paging))
}

/// Lists the last review round of each of the actor's jobs, the most recently changed job first.
pub async fn reviewed(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<ReviewedJob>> {
    actor.must_have("jobs:read")?;
    store::reviewed(conn, &actor.team, limit).await
}

/// Lists the unfinished jobs of the actor's team as the worker: those that wait for it first, then by deadline.
pub async fn tasks(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Task>> {
    actor.must_have("jobs:read")?;
    store::tasks(conn, &actor.team, paging).await
}

/// Lists the approved jobs whose payment to the actor's team waits for release, the next one first.
pub async fn cooling(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<Task>> {
    actor.must_have("wallet:read")?;
    store::cooling(conn, &actor.team, limit).await
}

/// Returns the earnings of the actor's team from others' jobs on each of the last days, 1 to [`DAYS_MAX`].
pub async fn earnings(conn: &mut Conn, actor: &Actor, days: i64) -> Result<Earnings> {
    actor.must_have("wallet:read")?;
    if !(1..=DAYS_MAX).contains(&days) {
        return Err(Error::field("period", format!("It is {days}; give 1 to {DAYS_MAX} days.")));
    }
    let now = conn.now;
    let found = store::earned(conn, &actor.team, Earnings::since(now, days)).await?;
    Ok(Earnings::over(now, days, &found))
}
