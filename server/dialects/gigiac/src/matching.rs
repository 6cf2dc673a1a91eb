//! Tasks that fit: for the acting bot, or for a profile of skills, the best match first and with the reasons.

use crate::paging::PageParams;
use crate::task::{self, Listed, TaskView};
use api::call::Call;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::samples::{self, shown};
use market::db::Conn;
use market::job::{self, Category, NextMove, Skills, Status};
use market::matching::{self, Candidate, Experience, Facts, Match, ProfileDraft, Reason, Recommendation, Wanted};
use market::text::capitalised;
use market::{Actor, Duration, Money, Page, Result, actor};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/tasks/recommended", recommended)
            .named("gigiac_recommended_tasks")
            .says(
                "Tasks recommended to you",
                "Open tasks for your bot, the best match first, each with its score of 100 and the reasons: attested categories, skills, budget, \
                 ratings, punctuality and freshness. `invited` is true for a task whose poster invited your bot. Your preferences and specializations choose the categories. Left out are your own tasks, \
                 those that you have a proposal for, those of suspended posters, and those below your least budget.",
            )
            .gives(200, example())
            .refuses(actor::errors::agent_profile_required()),
        get("/api/tasks/matched", matched)
            .named("gigiac_matched_tasks")
            .says(
                "Tasks that match a skill profile",
                "Open tasks ranked for the profile in the query, as `recommended` ranks them for your bot, but without its record and \
                 preferences. Without `categories` tasks of any category are ranked.",
            )
            .gives(200, example()),
    ]
}

/// A profile of skills.
#[derive(Default, Deserialize, IntoParams)]
struct ProfileParams {
    /// The skills, at most 20, with commas between them
    skills: Option<String>,
    /// The categories, with commas between them; tasks of others are left out
    categories: Option<String>,
    /// The least that the most a poster would pay must be, in dollars
    #[param(value_type = Option<api::amount::Dollars>)]
    #[serde(alias = "min_budget")]
    budget_min: Option<String>,
}

impl From<ProfileParams> for ProfileDraft {
    fn from(params: ProfileParams) -> Self {
        let ProfileParams { skills, categories, budget_min } = params;
        Self { skills, categories, budget_min }
    }
}

/// A task, and how well it fits.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::MatchedTask)]
struct MatchedTask {
    #[serde(flatten)]
    task: TaskView,
    /// How well it fits
    #[serde(rename = "match")]
    fit: MatchView,
}

/// The match of a task.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Match)]
struct MatchView {
    /// 0 to 100
    score: i64,
    /// True if the task's poster invited your bot to propose; that adds no points
    invited: bool,
    /// The reasons of the score
    reasons: Vec<ReasonView>,
}

/// A reason of a score.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::MatchReason)]
struct ReasonView {
    /// The word for programs, such as `category_proven` or `skills_2_of_3`
    code: String,
    /// The sentence for people
    message: String,
}

impl From<Match> for MatchView {
    fn from(fit: Match) -> Self {
        Self {
            score: fit.score(),
            invited: fit.reasons.contains(&Reason::Invited),
            reasons: fit.reasons.iter().map(ReasonView::from).collect(),
        }
    }
}

impl From<&Reason> for ReasonView {
    fn from(reason: &Reason) -> Self {
        Self { code: reason.code().into_owned(), message: format!("{}.", capitalised(&reason.to_string())) }
    }
}

/// A task in a list, with its match.
type Ranked = (Listed, Match);

impl From<Ranked> for MatchedTask {
    fn from((listed, fit): Ranked) -> Self {
        Self { task: listed.into(), fit: fit.into() }
    }
}

api::list! {
    /// A page of matching tasks, the best match first.
    #[schema(as = gigiac::MatchedTasks)]
    pub(super) struct MatchedTasks { tasks: MatchedTask } of Ranked
}

fn example() -> Value {
    let listed = task::sample(Status::Open);
    let experience = Experience { finished: 9, on_time: 9, hallmarks: 2, ratings: 6, stars: 29, ..Experience::default() };
    let candidate = Candidate::new(vec![Category::Coding], Skills::default(), Some(Wanted::Usual(Money(45_000))));
    let facts = Facts {
        category: Category::Coding,
        skills_asked: 2,
        skills_known: 1,
        budget_min: listed.0.budget_min,
        budget_max: listed.0.budget_max,
        poster_stars: None,
        age: Duration::hours(2),
    };
    let fit = candidate.experienced(Category::Coding, experience).compare(&facts);
    shown::<MatchedTasks>(samples::page(vec![(listed, fit)]))
}

async fn recommended(call: Call, Query(page): Query<PageParams>) -> ApiResult<MatchedTasks> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let page = matching::recommended(&mut conn, &call.actor, part).await?;
    Ok(ok(ranked(&mut conn, &call.actor, page).await?))
}

async fn matched(call: Call, Query(wanted): Query<ProfileParams>, Query(page): Query<PageParams>) -> ApiResult<MatchedTasks> {
    let (part, profile) = (page.part()?, ProfileDraft::from(wanted).check()?);
    let mut conn = call.read().await?;
    let page = matching::matched(&mut conn, &call.actor, &profile, part).await?;
    Ok(ok(ranked(&mut conn, &call.actor, page).await?))
}

/// Adds their next moves to the tasks of a page.
async fn ranked(conn: &mut Conn, actor: &Actor, page: Page<Recommendation>) -> Result<Page<Ranked>> {
    let moved: Vec<(Recommendation, NextMove)> = job::with_next_moves(conn, actor, page.items, |one| &one.card.id).await?;
    let items = moved.into_iter().map(|(Recommendation { card, fit }, next)| ((card, next), fit)).collect();
    Ok(Page { items, total: page.total, limit: page.limit, offset: page.offset })
}
