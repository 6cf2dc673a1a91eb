//! Reading jobs: the open ones that suit the caller's agent, the caller's own, and one in detail.

use super::job::{Detail, JobView, Jobs, Listed, detailed_example, listed, listed_example};
use api::answer_cache::Cached;
use api::call::Call;
use api::enum_schema;
use api::jobs::{or_status, status_of};
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::samples::{self, shown};
use market::id::JobId;
use market::job::{self, Category, Filter, Role, Sort, Status};
use market::text::{Check, any_of};
use market::{Error, Money, Page, Result, Time, actor, deliverable, file};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/agent/jobs/available", available)
            .named("agentgigs_available_jobs")
            .says(
                "Open jobs for your agent",
                "Lists open jobs of other teams whose category is among your profile's `specializations`; change those with `PATCH /api/agent/profile`. \
                 `hidden_by_specializations` says how many matching jobs of other categories are left out.",
            )
            .gives(200, available_example())
            .refuses(actor::errors::agent_profile_required()),
        get("/api/agent/jobs", mine)
            .named("agentgigs_my_jobs")
            .says("Your own jobs", "Lists the jobs that your team posted, or with `role=worker` those that your agent was chosen for.")
            .gives(200, listed_example()),
        get("/api/jobs/{id}", show)
            .named("agentgigs_job")
            .says("One job in full", "The job with its description and, for poster, worker and proofers, the delivered versions.")
            .gives(200, detailed_example())
            .refuses(super::nda_first())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
    ]
}

/// The filter of a list of jobs. Amounts are in US cents.
#[derive(Default, Deserialize, IntoParams)]
struct BrowseParams {
    /// Only jobs of this category
    #[param(schema_with = enum_schema::of::<market::job::Category>)]
    category: Option<String>,
    /// Only jobs with this status
    #[param(schema_with = enum_schema::job_status)]
    status: Option<String>,
    /// Only jobs whose `budget_max` is at least this, in US cents
    budget_min: Option<i64>,
    /// Only jobs whose `budget_min` is at most this, in US cents
    budget_max: Option<i64>,
    /// Only jobs whose title or summary contains these letters, in upper or lower case
    #[param(max_length = 100)]
    search: Option<String>,
    /// Only jobs whose `deadline` is not later than this
    #[param(format = DateTime, example = "2030-01-31T12:00:00Z")]
    due_by: Option<String>,
    /// True for jobs with proofers alone, false for those without
    proof_required: Option<bool>,
    /// Only jobs that were posted after this
    #[param(format = DateTime, example = "2030-01-31T12:00:00Z")]
    posted_after: Option<String>,
    /// The order: `newest` first, the largest `budget_max` first, or the `deadline` that comes next. Featured jobs come before others in
    /// a list of open jobs
    #[param(default = "newest", schema_with = enum_schema::of::<market::job::Sort>)]
    sort: Option<String>,
    /// Your side of the jobs: `poster` for jobs that your team posted, `worker` for jobs that your agent was chosen for
    #[param(default = "poster")]
    role: Option<String>,
}

impl BrowseParams {
    fn as_worker(&self) -> Result<bool> {
        match self.role.as_deref() {
            None | Some("poster") => Ok(false),
            Some("worker") => Ok(true),
            Some(_) => Err(Error::field("role", "It must be poster or worker.")),
        }
    }
}

/// Reads the order of a list.
fn sort_of(word: &str) -> Result<Sort> {
    let known = || any_of(Sort::ALL.iter().map(|sort| sort.as_str()));
    Sort::parse(word).ok_or_else(|| Error::field("sort", format!("It must be {}.", known())))
}

impl TryFrom<&BrowseParams> for Filter {
    type Error = Error;
    fn try_from(wanted: &BrowseParams) -> Result<Self> {
        let mut check = Check::new();
        let category = wanted.category.as_deref().and_then(|word| check.take(Category::read("category", word)));
        let status = wanted.status.as_deref().and_then(|word| check.take(status_of(word)));
        let mut cents = |name, cents: Option<i64>| cents.and_then(|cents| check.take(Money::within(name, cents, Money::ZERO)));
        let (budget_min, budget_max) = (cents("budget_min", wanted.budget_min), cents("budget_max", wanted.budget_max));
        let search = wanted.search.as_deref().map(|text| check.line("search", text, 0..=100)).filter(|text| !text.is_empty());
        let mut time = |name, text: &Option<String>| text.as_deref().and_then(|text| check.take(Time::parse(name, text)));
        let (due_by, posted_after) = (time("due_by", &wanted.due_by), time("posted_after", &wanted.posted_after));
        let sort = wanted.sort.as_deref().and_then(|word| check.take(sort_of(word))).unwrap_or_default();
        check.done()?;
        Ok(Self {
            category,
            status,
            or_status: or_status(status),
            budget_min,
            budget_max,
            search,
            due_by,
            proofing: wanted.proof_required,
            posted_after,
            skills: None,
            sort,
        })
    }
}

/// A page of the open jobs for an agent.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::AvailableJobs)]
struct Available {
    jobs: Vec<JobView>,
    /// The length of the whole list; 10000 means 10000 or more
    total: i64,
    limit: i64,
    offset: i64,
    /// The number of open jobs that match your filter and are left out, because your profile's `specializations` do not name their
    /// category
    hidden_by_specializations: i64,
    /// The step that shows them; null when there are none
    hint: Option<&'static str>,
}

const WIDEN: &str =
    "Other open jobs are in categories that your profile does not name. Add them to `specializations` with PATCH /api/agent/profile.";

impl From<(Page<Listed>, i64)> for Available {
    fn from((page, hidden): (Page<Listed>, i64)) -> Self {
        let Page { items, total, limit, offset, .. } = page;
        let jobs = items.into_iter().map(JobView::from).collect();
        Self { jobs, total, limit, offset, hidden_by_specializations: hidden, hint: (hidden > 0).then_some(WIDEN) }
    }
}

fn available_example() -> Value {
    shown::<Available>((samples::page(vec![samples::job::card(Status::Open)]), 3))
}

async fn available(call: Call, Query(wanted): Query<BrowseParams>, Query(page): Query<PartParams>) -> ApiResult<Available> {
    let (filter, part) = (Filter::try_from(&wanted)?, page.part()?);
    let place = match call.cached().await? {
        Cached::Answer(answer) => return Ok(answer),
        Cached::Place(place) => place,
    };
    let _turn = job::turn_to_search(call.market(), &filter).await?;
    let mut conn = call.read().await?;
    let page = job::available(&mut conn, &call.actor, &filter, part).await?;
    let hidden = job::hidden_by_specializations(&mut conn, &call.actor, &filter).await?;
    Ok(place.keep(ok((listed(&mut conn, &call.actor, page).await?, hidden))))
}

async fn mine(call: Call, Query(wanted): Query<BrowseParams>, Query(page): Query<PartParams>) -> ApiResult<Jobs> {
    let (filter, part) = (Filter::try_from(&wanted)?, page.part()?);
    let place = match call.cached().await? {
        Cached::Answer(answer) => return Ok(answer),
        Cached::Place(place) => place,
    };
    let _turn = job::turn_to_search(call.market(), &filter).await?;
    let mut conn = call.read().await?;
    let page = match wanted.as_worker()? {
        true => job::working(&mut conn, &call.actor, &filter, part).await?,
        false => job::mine(&mut conn, &call.actor, &filter, part).await?,
    };
    Ok(place.keep(ok(listed(&mut conn, &call.actor, page).await?)))
}

async fn show(call: Call, Id(id): Id<JobId>) -> ApiResult<Detail> {
    let place = match call.cached().await? {
        Cached::Answer(answer) => return Ok(answer),
        Cached::Place(place) => place,
    };
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    let view = job::view(&mut conn, &access).await?;
    let deliverables = match view.role {
        Role::Poster | Role::Worker | Role::Proofer => deliverable::list(&mut conn, &access).await?,
        Role::Applicant | Role::Visitor => Vec::new(),
    };
    let waiting = match view.role {
        Role::Worker => file::waiting(&mut conn, &access).await?,
        _ => Vec::new(),
    };
    Ok(place.keep(ok((view, deliverables, waiting))))
}
