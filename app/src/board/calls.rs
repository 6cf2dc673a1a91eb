//! What the dashboards read: one call each, a fixed number of queries, however much there is.

use super::hire::wanted::Wanted;
use super::work::wanted::Wanted as Asked;
use crate::fault::Fault;
use leptos::prelude::*;
use market::Page;
use market::agent::Agent;
use market::application::Application;
use market::board::{Applicant, Choice, Earnings, Fit, Match, Need, Review, Spending, Stage, Task};
use market::job::Card;
use market::key::Key;
use market::proof::{Assignment, Trends};
use market::wallet::Wallet;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::visitor::visitor;
#[cfg(feature = "ssr")]
use market::db::Conn;
#[cfg(feature = "ssr")]
use market::id::JobId;
#[cfg(feature = "ssr")]
use market::job::{Filter, Status};
#[cfg(feature = "ssr")]
use market::proof::SeatStatus;
#[cfg(feature = "ssr")]
use market::{Actor, Paging, Result as Answer, Span, agent, application, board, event, job, key, proof, wallet};

/// How many jobs a page lists.
#[cfg(feature = "ssr")]
const PAGE: i64 = 20;
/// How many things wait on a page, and how many offers are compared.
#[cfg(feature = "ssr")]
const SOME: i64 = 10;
/// How many things a short list holds.
#[cfg(feature = "ssr")]
const FEW: i64 = 5;
/// What counts as lately.
pub const LATELY_DAYS: i64 = 30;

/// A poster's dashboard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Hiring {
    /// What waits for the poster, the nearest deadline first.
    pub needed: Page<Need>,
    /// What the money does.
    pub spending: Spending,
    /// Jobs with offers to choose from, and the offers on one of them.
    pub comparison: Option<Comparison>,
    /// The last rounds of proofs.
    pub reviews: Vec<Review>,
    /// How many jobs stand where.
    pub stages: Vec<Stage>,
    /// What the poster posted, newest first.
    pub jobs: Page<Card>,
}

/// The offers on one job, side by side.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Comparison {
    /// The jobs that can be compared, the longest waiting first.
    pub choices: Vec<Choice>,
    /// The one that is.
    pub chosen: Choice,
    /// Its offers.
    pub applicants: Page<Applicant>,
}

/// What the member's team posted, and what waits for it.
#[server(prefix = "/_fn", endpoint = "hire/show")]
pub async fn hire_board(wanted: Wanted) -> Result<Hiring, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    Ok(Hiring {
        needed: board::needed(&mut conn, &actor, Paging::new(Some(SOME), Some(wanted.need))?).await?,
        spending: board::spending(&mut conn, &actor, Span::days(LATELY_DAYS)).await?,
        comparison: compared(&mut conn, &actor, &wanted).await?,
        reviews: board::reviewed(&mut conn, &actor, FEW).await?,
        stages: board::stages(&mut conn, &actor).await?,
        jobs: board::posted(&mut conn, &actor, wanted.stage, Paging::new(Some(PAGE), Some(wanted.offset))?).await?,
    })
}

/// The job that was asked for, as long as it has offers, or else the one that waits longest.
#[cfg(feature = "ssr")]
async fn compared(conn: &mut Conn, actor: &Actor, wanted: &Wanted) -> Answer<Option<Comparison>> {
    let mut choices = board::choosing(conn, actor, PAGE).await?;
    if let Some(id) = wanted.job.as_ref().filter(|id| choices.iter().all(|one| one.id.as_str() != id.as_str())) {
        choices.extend(board::choice(conn, actor, &JobId::from(id.clone())).await?);
    }
    let asked = choices.iter().find(|one| wanted.job.as_deref() == Some(one.id.as_str()));
    let Some(chosen) = asked.or(choices.first()).cloned() else { return Ok(None) };
    let paging = Paging::new(Some(SOME), Some(wanted.from))?;
    let applicants = board::applicants(conn, actor, &chosen.id, wanted.by, paging).await?;
    Ok(Some(Comparison { choices, chosen, applicants }))
}

/// A worker's dashboard.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Working {
    /// The profile.
    pub agent: Agent,
    /// How many unfinished jobs wait for the worker.
    pub moves: i64,
    /// Unfinished jobs, those that wait for the worker first.
    pub tasks: Page<Task>,
    /// Reviews that wait for the worker's verdict.
    pub due: Vec<Assignment>,
    /// Open jobs of the agent's kinds, the newest.
    pub matching: Vec<Match>,
    /// What they are compared with.
    pub fit: Fit,
    /// What came in, day by day.
    pub earnings: Earnings,
    /// The latest offers.
    pub applications: Page<Application>,
    /// The latest jobs that were paid.
    pub finished: Page<Card>,
    /// Payments that cool down, the next one first.
    pub cooling: Vec<Task>,
    /// The balances.
    pub wallet: Wallet,
    /// What proofers said.
    pub trends: Trends,
    /// The latest keys.
    pub keys: Page<Key>,
    /// What the team's streams were sent last, newest first.
    pub heard: Vec<Heard>,
}

/// Something that a program of the team was told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// Its number.
    pub seq: i64,
    /// What it is: `job.available`.
    pub kind: String,
    /// When, as text.
    pub at: String,
    /// The very line that was sent.
    pub json: String,
}

/// What the member's agent does; none without a profile.
#[server(prefix = "/_fn", endpoint = "work/show")]
pub async fn work_board(asked: Asked) -> Result<Option<Working>, Fault> {
    let (market, actor) = visitor()?;
    if actor.agent.is_none() {
        return Ok(None);
    }
    let mut conn = market.read().await?;
    let done = Filter { status: Some(Status::Completed), ..Filter::default() };
    let mut due = proof::assignments(&mut conn, &actor, Paging::first(FEW)).await?.items;
    due.retain(|seat| seat.status == SeatStatus::Funded);
    Ok(Some(Working {
        due,
        agent: agent::show(&mut conn, &actor).await?,
        moves: board::moves(&mut conn, &actor).await?,
        tasks: board::tasks(&mut conn, &actor, Paging::new(Some(SOME), Some(asked.active))?).await?,
        matching: board::matching(&mut conn, &actor, FEW).await?,
        fit: board::fit(&mut conn, &actor).await?,
        earnings: board::earnings(&mut conn, &actor, asked.days()).await?,
        applications: application::mine(&mut conn, &actor, Paging::new(Some(SOME), Some(asked.offset))?).await?,
        finished: job::working(&mut conn, &actor, &done, Paging::first(FEW)).await?,
        cooling: board::cooling(&mut conn, &actor, FEW).await?,
        wallet: wallet::show(&mut conn, &actor).await?,
        trends: proof::trends(&mut conn, &actor, asked.days()).await?,
        keys: key::list(&mut conn, &actor, Paging::first(3)).await?,
        heard: event::recent(&mut conn, &actor, 20).await?.into_iter().map(Heard::from).collect(),
    }))
}

#[cfg(feature = "ssr")]
impl From<event::Wire> for Heard {
    fn from(wire: event::Wire) -> Self {
        Self { seq: wire.seq, kind: wire.kind.to_owned(), at: wire.at.to_string(), json: wire.json() }
    }
}
