//! The reads of the dashboards: one call each, with a fixed number of queries.

use super::hire::params::HireParams;
use super::work::params::WorkParams;
use crate::fault::Fault;
use crate::visitor::visitor;
use leptos::prelude::*;
use market::agent::Agent;
use market::application::Application;
use market::dashboard::{Applicant, Earnings, HireChoice, Need, ReviewedJob, Spending, Stage, Task};
use market::db::Conn;
use market::hallmark::Hallmark;
use market::id::JobId;
use market::job::{Card, Filter, Status};
use market::key::Key;
use market::matching::{self, InvitedJob, Recommendation};
use market::review::{Assignment, SeatStatus, Trends};
use market::wallet::Wallet;
use market::{Actor, Duration, Kind, Page, Paging, Result, agent, application, dashboard, event, feed, hallmark, job, key, review, wallet};
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// The hallmarks of the jobs in a list.
pub type Hallmarks = HashMap<JobId, Hallmark>;

/// The number of jobs on a page.
const PAGE: i64 = 20;
/// The number of waiting jobs on a page, and of compared applications.
const SOME: i64 = 10;
/// The length of a short list.
const FEW: i64 = 5;
/// The number of days that "lately" covers.
pub const LATELY_DAYS: i64 = 30;

/// The data of a poster's dashboard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HirePage {
    /// The jobs that wait for the poster, the nearest deadline first.
    pub needed: Page<Need>,
    /// The poster's spending; none for a role that may not see the money.
    pub spending: Option<Spending>,
    /// The jobs with applications to choose from, and the applications for one of them.
    pub comparison: Option<Comparison>,
    /// The latest review rounds.
    pub reviews: Vec<ReviewedJob>,
    /// The number of jobs by status.
    pub stages: Vec<Stage>,
    /// The poster's jobs, newest first.
    pub jobs: Page<Card>,
    /// Their hallmarks.
    pub hallmarks: Hallmarks,
}

/// The applications for one job, side by side.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// The jobs whose applications can be compared, the longest waiting first.
    pub choices: Vec<HireChoice>,
    /// The job that is compared now.
    pub chosen: HireChoice,
    /// The applications for it.
    pub applicants: Page<Applicant>,
}

/// Loads the jobs of the member's team and what waits for the team.
#[server(prefix = "/_fn", endpoint = "hire/show")]
pub async fn hire_board(params: HireParams) -> Result<HirePage, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let jobs = dashboard::posted(&mut conn, &actor, params.stage, Paging::new(Some(PAGE), Some(params.offset))?).await?;
    Ok(HirePage {
        needed: dashboard::needed(&mut conn, &actor, Paging::new(Some(SOME), Some(params.need))?).await?,
        spending: if_allowed(dashboard::spending(&mut conn, &actor, Duration::days(LATELY_DAYS)).await)?,
        comparison: compared(&mut conn, &actor, &params).await?,
        reviews: dashboard::reviewed(&mut conn, &actor, FEW).await?,
        stages: dashboard::stages(&mut conn, &actor).await?,
        hallmarks: hallmark::of_jobs(&mut conn, jobs.items.iter().map(|card| &card.id)).await?,
        jobs,
    })
}

/// Loads the comparison for the requested job if it has applications, else for the one that waits longest.
async fn compared(conn: &mut Conn, actor: &Actor, params: &HireParams) -> Result<Option<Comparison>> {
    let mut choices = dashboard::choosing(conn, actor, PAGE).await?;
    if let Some(id) = params.job.as_ref().filter(|id| choices.iter().all(|one| one.id.as_str() != id.as_str())) {
        choices.extend(dashboard::choice(conn, actor, &JobId::from(id.clone())).await?);
    }
    let asked = choices.iter().find(|one| params.job.as_deref() == Some(one.id.as_str()));
    let Some(chosen) = asked.or(choices.first()).cloned() else { return Ok(None) };
    let paging = Paging::new(Some(SOME), Some(params.from))?;
    let applicants = dashboard::applicants(conn, actor, &chosen.id, params.by, paging).await?;
    Ok(Some(Comparison { choices, chosen, applicants }))
}

/// The data of a worker's dashboard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkPage {
    /// The agent profile.
    pub agent: Agent,
    /// The number of unfinished jobs that wait for the worker.
    pub moves: i64,
    /// Unfinished jobs, those that wait for the worker first.
    pub tasks: Page<Task>,
    /// Reviews that wait for the worker's verdict.
    pub due: Vec<Assignment>,
    /// The open jobs that the team's agents are invited to.
    pub invited: Vec<InvitedJob>,
    /// The open jobs that fit the agent best.
    pub recommended: Page<Recommendation>,
    /// The money; none for a role that may not see it.
    pub money: Option<WorkMoney>,
    /// The latest applications.
    pub applications: Page<Application>,
    /// The latest paid jobs.
    pub finished: Page<Card>,
    /// Their hallmarks.
    pub hallmarks: Hallmarks,
    /// The trends in proofers' verdicts.
    pub trends: Trends,
    /// The latest API keys; none for a role that may not see them.
    pub keys: Option<Page<Key>>,
    /// The latest events for the team's streams, newest first; none for a role that may not receive them.
    pub heard: Option<Vec<ReceivedEvent>>,
}

/// The money of a worker's dashboard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct WorkMoney {
    /// The earnings by day.
    pub earnings: Earnings,
    /// The payments that wait for release, the next one first.
    pub cooling: Vec<Task>,
    /// The balances.
    pub wallet: Wallet,
}

/// Turns the refusal of a part that the role does not allow into nothing: the page then shows its other parts.
fn if_allowed<T>(part: Result<T>) -> Result<Option<T>> {
    match part {
        Err(error) if error.kind == Kind::Forbidden => Ok(None),
        part => part.map(Some),
    }
}

/// An event as the team's programs received it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedEvent {
    /// The event's number.
    pub seq: i64,
    /// The event's type: `job.available`.
    pub kind: String,
    /// The time, as text.
    pub at: String,
    /// The JSON as it was sent.
    pub json: String,
}

/// Loads the dashboard of the member's agent; none without a profile.
#[server(prefix = "/_fn", endpoint = "work/show")]
pub async fn work_board(asked: WorkParams) -> Result<Option<WorkPage>, Fault> {
    let (market, actor) = visitor()?;
    if actor.agent.is_none() {
        return Ok(None);
    }
    let mut conn = market.read().await?;
    let done = Filter { status: Some(Status::Completed), ..Filter::default() };
    let mut due = review::assignments(&mut conn, &actor, Paging::first(FEW)).await?.items;
    let finished = job::working(&mut conn, &actor, &done, Paging::first(FEW)).await?;
    due.retain(|seat| seat.status == SeatStatus::Funded);
    let invited = matching::invited(&mut conn, &actor).await?;
    let mut recommended = matching::recommended(&mut conn, &actor, Paging::first(FEW)).await?;
    // Those stand above, with the button that declines.
    recommended.items.retain(|one| invited.iter().all(|asked| asked.job.card.id != one.card.id));
    Ok(Some(WorkPage {
        due,
        agent: agent::show(&mut conn, &actor).await?,
        moves: dashboard::moves(&mut conn, &actor).await?,
        tasks: dashboard::tasks(&mut conn, &actor, Paging::new(Some(SOME), Some(asked.active))?).await?,
        invited,
        recommended,
        money: if_allowed(money(&mut conn, &actor, asked.days()).await)?,
        applications: application::mine(&mut conn, &actor, Paging::new(Some(SOME), Some(asked.offset))?).await?,
        hallmarks: hallmark::of_jobs(&mut conn, finished.items.iter().map(|card| &card.id)).await?,
        finished,
        trends: review::trends(&mut conn, &actor, asked.days()).await?,
        keys: if_allowed(key::list(&mut conn, &actor, Paging::first(3)).await)?,
        heard: if_allowed(feed::recent(&mut conn, &actor, 20).await)?.map(|heard| heard.into_iter().map(ReceivedEvent::from).collect()),
    }))
}

async fn money(conn: &mut Conn, actor: &Actor, days: i64) -> Result<WorkMoney> {
    Ok(WorkMoney {
        earnings: dashboard::earnings(conn, actor, days).await?,
        cooling: dashboard::cooling(conn, actor, FEW).await?,
        wallet: wallet::show(conn, actor).await?,
    })
}

impl From<event::EventView> for ReceivedEvent {
    fn from(wire: event::EventView) -> Self {
        Self { seq: wire.seq, kind: wire.kind.to_owned(), at: wire.at.to_string(), json: wire.json() }
    }
}
