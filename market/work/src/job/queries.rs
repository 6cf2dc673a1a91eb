//! The reads of jobs: lists, the actor's own, and one job as a viewer sees it.

use super::access::{is_visible, role_of};
use super::{Access, Card, Category, Filter, JobKey, NextMove, Role, Status, View, errors, hire, list, store, tally};
use identity::Actor;
use kernel::id::{JobId, TeamId};
use kernel::page::Part;
use kernel::{Error, Money, Page, Paging, Result};
use platform::Market;
use platform::db::{Conn, Tx};
use platform::queue::Turn;
use std::collections::HashMap;

/// Lists open jobs, for everybody.
pub async fn open(conn: &mut Conn, filter: &Filter, part: impl Into<Part>) -> Result<Page<Card>> {
    filter.check()?;
    let (part, open) = (part.into(), Status::Open.as_str());
    let items = list::open(conn, open, filter, &part).await?;
    let total = match tally::count(conn, filter, Category::ALL, None).await? {
        Some(total) => total,
        None => list::count_open(conn, open, filter).await?,
    };
    Ok(Page::new(items, total, part.paging))
}

/// Lists open jobs of other teams in the categories of the actor's agent.
pub async fn available(conn: &mut Conn, actor: &Actor, filter: &Filter, part: impl Into<Part>) -> Result<Page<Card>> {
    actor.must_have("jobs:read")?;
    let agent = actor.must_be_agent()?.clone();
    filter.check()?;
    let part = part.into();
    let items = list::matching(conn, agent.as_str(), filter, &part).await?;
    let among = list::specializations(conn, &agent).await?;
    let total = match tally::count(conn, filter, &among, Some(&actor.team)).await? {
        Some(total) => total,
        None => list::count_matching(conn, agent.as_str(), filter).await?,
    };
    Ok(Page::new(items, total, part.paging))
}

/// Counts the open jobs that [`available`] leaves out because the actor's agent does not work in their category.
pub async fn hidden_by_specializations(conn: &mut Conn, actor: &Actor, filter: &Filter) -> Result<i64> {
    actor.must_have("jobs:read")?;
    let agent = actor.must_be_agent()?.clone();
    filter.check()?;
    let own = list::specializations(conn, &agent).await?;
    let others: Vec<_> = Category::ALL.iter().copied().filter(|category| !own.contains(category)).collect();
    match tally::count(conn, filter, &others, Some(&actor.team)).await? {
        Some(hidden) => Ok(hidden),
        None => list::count_outside_categories(conn, agent.as_str(), filter).await,
    }
}

/// Lists the jobs that the actor's team posted.
pub async fn mine(conn: &mut Conn, actor: &Actor, filter: &Filter, part: impl Into<Part>) -> Result<Page<Card>> {
    actor.must_have("jobs:read")?;
    filter.check()?;
    let (part, team) = (part.into(), actor.team.as_str());
    let items = list::posted_by(conn, team, filter, &part).await?;
    Ok(Page::new(items, list::count_posted_by(conn, team, filter).await?, part.paging))
}

/// Lists the ids of open jobs for the site map, the newest first.
pub async fn listed(conn: &mut Conn, limit: i64) -> Result<Vec<JobId>> {
    list::listed(conn, limit).await
}

/// Lists the cards of those jobs that are open, in the order of their keys here.
pub async fn open_among(conn: &mut Conn, keys: &[JobKey]) -> Result<Vec<Card>> {
    let mut found: HashMap<_, _> = list::open_among(conn, keys).await?.into_iter().collect();
    Ok(keys.iter().filter_map(|key| found.remove(key)).collect())
}

/// Finds the key of an open job by its id.
pub async fn open_key(conn: &mut Conn, id: &str) -> Result<Option<JobKey>> {
    list::open_key(conn, id).await
}

/// Lists the open jobs of a team, for everybody.
pub async fn open_of(conn: &mut Conn, team: &TeamId, paging: Paging) -> Result<Page<Card>> {
    let (filter, part) = (Filter { status: Some(Status::Open), ..Filter::default() }, paging.into());
    let items = list::shown_of(conn, team.as_str(), &filter, &part).await?;
    Ok(Page::new(items, list::count_shown_of(conn, team.as_str(), &filter).await?, paging))
}

/// Lists the jobs that the actor's team works on.
pub async fn working(conn: &mut Conn, actor: &Actor, filter: &Filter, part: impl Into<Part>) -> Result<Page<Card>> {
    actor.must_have("jobs:read")?;
    filter.check()?;
    let (part, team) = (part.into(), actor.team.as_str());
    let items = list::worked_on_by(conn, team, filter, &part).await?;
    Ok(Page::new(items, list::count_worked_on_by(conn, team, filter).await?, part.paging))
}

/// Lists the actor's unfinished jobs on either side, the nearest deadline first.
pub async fn waiting(conn: &mut Conn, actor: &Actor, limit: i64) -> Result<Vec<Card>> {
    actor.must_have("jobs:read")?;
    list::waiting(conn, &actor.team, limit).await
}

/// Returns a job with its brief, for viewers who may read it.
pub async fn view(conn: &mut Conn, access: &Access<'_>) -> Result<View> {
    access.reader()?;
    access.visible()?;
    access.must_read()?;
    preview(conn, access).await
}

/// Returns a job as far as the viewer may see it: open jobs are public without a confidential brief, others are visible to their parties.
pub async fn preview(conn: &mut Conn, access: &Access<'_>) -> Result<View> {
    let mut job = access.visible()?.clone();
    if access.role() != Role::Visitor {
        access.reader()?;
    }
    let (role, may_read) = (access.role(), access.may_read());
    let (around, facts) = store::surroundings(conn, job.key).await?.ok_or_else(Error::internal)?;
    if !may_read {
        job.description.clear();
    }
    let next_move = store::MoveRow::from(&job).next_move(&facts, role);
    let own = access.own_application_id().cloned();
    let (held, applications, application_id) = match role {
        Role::Poster => (around.held, around.applications, None),
        Role::Worker => (around.held, 0, own),
        Role::Proofer | Role::Applicant | Role::Visitor => {
            // A proofer judges without knowing the worker, the price and the verdicts of others.
            (job.revisions, job.disputed_at) = (0, None);
            job.review.iter_mut().for_each(|review| review.consensus = None);
            (job.agent_id, job.worker_team_id, job.application_id, job.price, job.reason) = (None, None, None, None, None);
            (Money::ZERO, 0, own)
        }
    };
    let is_side = matches!(role, Role::Poster | Role::Worker);
    let may_deliver = role == Role::Worker && hire::takes_delivery(conn, &job).await?;
    Ok(View {
        poster: around.poster,
        worker: around.worker.filter(|_| is_side),
        share: around.share.filter(|_| is_side),
        job,
        role,
        may_read,
        held,
        applications,
        application_id,
        next_move,
        may_deliver,
    })
}

/// Adds their next moves to jobs, each named by its id, as far as the actor may know them. A page of a list costs one query.
///
/// # Errors
/// `not_found` if the actor may not know of one of them.
pub async fn with_next_moves<T>(conn: &mut Conn, actor: &Actor, jobs: Vec<T>, id: impl Fn(&T) -> &JobId) -> Result<Vec<(T, NextMove)>> {
    let ids: Vec<_> = jobs.iter().map(&id).collect();
    let rows = store::move_rows(conn, &actor.team, &ids).await?.into_iter();
    let moves: HashMap<_, _> = rows
        .filter_map(|(sides, row, standing, facts)| {
            let role = role_of(&sides.team_id, sides.worker_team_id.as_ref(), &standing, &actor.team);
            is_visible(role, &standing, row.status).then(|| (sides.id, row.next_move(&facts, role)))
        })
        .collect();
    let with = |job: T| {
        let next = moves.get(id(&job)).copied().ok_or_else(|| Error::not_found("job"))?;
        Ok((job, next))
    };
    jobs.into_iter().map(with).collect()
}

/// Locks a job in a status for the rest of the act; false if it has another one by now.
pub(crate) async fn hold(tx: &mut Tx, id: &JobId, status: Status) -> Result<bool> {
    store::hold(tx, id, status).await
}

/// Locks a job that takes applications and questions for the rest of the act; false if it is not open by now, or an admin hid it.
pub(crate) async fn hold_listed(tx: &mut Tx, id: &JobId) -> Result<bool> {
    store::hold_listed(tx, id).await
}

/// Waits for a turn if the filter searches, which reads all of a list. Take it before a connection: those who wait hold none.
pub async fn turn_to_search(market: &Market, filter: &Filter) -> Result<Option<Turn>> {
    if filter.search.is_none() {
        return Ok(None);
    }
    market.searches.turn().await.map(Some).ok_or_else(errors::busy_searching)
}
