//! Who may read what of the dashboards.

use super::compare::COMPARED_MOST;
use super::{Applicant, Choice, DAYS_MOST, Earnings, Fit, Match, Need, Offer, Order, Review, Spending, Stage, Task, store};
use crate::db::Conn;
use crate::id::JobId;
use crate::job::{self, Card, Status};
use crate::{Actor, Error, Page, Paging, Result, Span, rating};

/// How many of the jobs that the actor's team posted stand where; stages without a job are left out.
pub async fn stages(conn: &mut Conn, actor: &Actor) -> Result<Vec<Stage>> {
    actor.must_have("jobs:read")?;
    store::stages(conn, &actor.team).await
}

/// How many of the jobs that the actor's team works on wait for it.
pub async fn moves(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    actor.must_have("jobs:read")?;
    store::moves(conn, &actor.team).await
}

/// What waits for the actor's team as the poster, the nearest deadline first.
pub async fn needed(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Need>> {
    actor.must_have("jobs:read")?;
    store::needed(conn, &actor.team, paging).await
}

/// What the actor's team posted, newest first; of one status or of all.
pub async fn posted(conn: &mut Conn, actor: &Actor, status: Option<Status>, paging: Paging) -> Result<Page<Card>> {
    let filter = job::Filter { status, ..job::Filter::default() };
    job::mine(conn, actor, &filter, paging).await
}

/// What the poster's money does: what is held, and what became of the jobs that closed within `lately`.
pub async fn spending(conn: &mut Conn, actor: &Actor, lately: Span) -> Result<Spending> {
    actor.must_have("wallet:read")?;
    store::spending(conn, &actor.team, conn.now.before(lately)).await
}

/// The actor's open jobs that have offers to choose from, the longest waiting first.
pub async fn choosing(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<Choice>> {
    actor.must_have("jobs:read")?;
    store::choosing(conn, &actor.team, limit).await
}

/// One of the actor's open jobs, if it has offers to choose from.
pub async fn choice(conn: &mut Conn, actor: &Actor, id: &JobId) -> Result<Option<Choice>> {
    actor.must_have("jobs:read")?;
    store::choice(conn, &actor.team, id).await
}

/// The offers that wait on one of the actor's jobs, each beside the record of who makes it.
pub async fn applicants(conn: &mut Conn, actor: &Actor, id: &JobId, order: Order, paging: Paging) -> Result<Page<Applicant>> {
    actor.must_have("jobs:read")?;
    let job = job::visible(conn, actor, id).await?;
    if job.team_id != actor.team {
        return Err(Error::not_found("job"));
    }
    let total = store::waiting(conn, &job.id).await?;
    let part = if order == Order::Price { paging } else { Paging::first(COMPARED_MOST) };
    let offers = store::offers(conn, &job.id, part).await?;
    let teams: Vec<_> = offers.iter().map(|offer| offer.team_id.clone()).collect();
    let mut records = rating::record_of(conn, &teams).await?;
    let beside = |offer: Offer| records.remove(&offer.team_id).map(|record| Applicant { offer, record });
    let mut applicants: Vec<_> = offers.into_iter().filter_map(beside).collect();
    if order == Order::Price {
        return Ok(Page::new(applicants, total, paging));
    }
    order.sort(&mut applicants);
    let shown = applicants.into_iter().skip(usize::try_from(paging.offset).unwrap_or(0)).take(usize::try_from(paging.limit).unwrap_or(0));
    Ok(Page::new(shown.collect(), total.min(COMPARED_MOST), paging))
}

/// The last round of proofs on each of the actor's jobs, the job that changed last first.
pub async fn reviewed(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<Review>> {
    actor.must_have("jobs:read")?;
    store::reviewed(conn, &actor.team, limit).await
}

/// What the actor's team works on: what waits for it first, then the nearest deadline.
pub async fn tasks(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Task>> {
    actor.must_have("jobs:read")?;
    store::tasks(conn, &actor.team, paging).await
}

/// Approved jobs whose payment to the actor's team cools down, the next one first.
pub async fn cooling(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<Task>> {
    actor.must_have("wallet:read")?;
    store::cooling(conn, &actor.team, limit).await
}

/// What others' jobs paid the actor's team on each of the last days, 1 to [`DAYS_MOST`].
pub async fn earnings(conn: &mut Conn, actor: &Actor, days: i64) -> Result<Earnings> {
    actor.must_have("wallet:read")?;
    if !(1..=DAYS_MOST).contains(&days) {
        return Err(Error::field("period", format!("It is {days}; give 1 to {DAYS_MOST} days.")));
    }
    let now = conn.now;
    let found = store::earned(conn, &actor.team, Earnings::since(now, days)).await?;
    Ok(Earnings::over(now, days, &found))
}

/// Open jobs of others that ask for what the actor's agent does, and that it has not applied to: featured ones first, then the
/// newest.
pub async fn matching(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<Match>> {
    actor.must_have("jobs:read")?;
    let agent = actor.must_be_agent()?;
    store::matching(conn, agent, &actor.team, limit).await
}

/// What the actor's finished jobs say about the next one.
pub async fn fit(conn: &mut Conn, actor: &Actor) -> Result<Fit> {
    actor.must_have("jobs:read")?;
    Ok(Fit::new(store::prices(conn, &actor.team).await?, store::finished(conn, &actor.team).await?))
}
