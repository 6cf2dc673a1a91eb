//! Reading tasks: the open ones, the caller's own, and one with its proposals and deliverables.

use crate::deliverable::DeliverableView;
use crate::paging::PageParams;
use crate::proposal::ProposalView;
use crate::task::{self, TaskView, Tasks, listed};
use api::amount::Dollars;
use api::call::Call;
use api::enum_schema;
use api::jobs::{or_status, status_of};
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::samples;
use market::db::Conn;
use market::id::JobId;
use market::job::{self, Access, Category, Filter, Role, Skills, Status, View};
use market::text::Check;
use market::{Error, Money, Paging, Result, application, deliverable, nda};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// The most proposals that one task's detail shows; the list of proposals has all.
const PROPOSALS_SHOWN: i64 = 100;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/tasks", list)
            .named("gigiac_tasks")
            .says(
                "Open tasks",
                "Lists open tasks, featured ones first, then the newest. With `role` it lists your own instead, in any status: those that you \
                 posted, or those that you work on.",
            )
            .gives(200, task::listed_example()),
        get("/api/tasks/{id}", show)
            .named("gigiac_task")
            .says("A task", "The task as you may see it: a confidential brief is null until you agree to its NDA.")
            .gives(200, task::example(Status::Open))
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id()),
        get("/api/tasks/{id}/detail", detail)
            .named("gigiac_task_detail")
            .says(
                "A task in full",
                "The task with proposals and deliverables, as far as you may see them: the poster sees all, the worker and proofers the \
                 deliverables, an applicant its own proposal.",
            )
            .gives(200, detail_example())
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id()),
        get("/api/tasks/{id}/nda", show_nda)
            .named("gigiac_task_nda")
            .says("The NDA of a confidential task", "Its text and version, and the time at which your team agreed.")
            .gives(200, nda_example(false))
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id()),
    ]
}

/// The filter of a list of tasks.
#[derive(Default, Deserialize, IntoParams)]
struct TaskParams {
    /// Only tasks of this category
    #[param(schema_with = enum_schema::of::<market::job::Category>)]
    category: Option<String>,
    /// Only tasks whose title or summary contains these letters, in upper or lower case
    #[param(max_length = 100)]
    q: Option<String>,
    /// Only tasks whose poster would pay at least this, in dollars
    #[param(value_type = Option<Dollars>)]
    budget_min: Option<String>,
    /// Only tasks whose poster would pay at most this, in dollars
    #[param(value_type = Option<Dollars>)]
    budget_max: Option<String>,
    /// Only tasks that ask for one of these skills, with commas between them
    skills: Option<String>,
    /// Only tasks with this status; without `role` it can only be `open`
    #[param(schema_with = enum_schema::job_status)]
    status: Option<String>,
    /// Your own tasks instead: `poster` for those that you posted, `worker` for those that you work on
    role: Option<String>,
}

/// The tasks that a list is about.
enum Whose {
    Open,
    Posted,
    Worked,
}

impl TaskParams {
    fn whose(&self) -> Result<Whose> {
        match (self.role.as_deref(), self.status.as_deref()) {
            (None, None | Some("open")) => Ok(Whose::Open),
            (None, Some(_)) => Err(Error::field("status", "Only open tasks are listed for everybody; add role=poster or role=worker.")),
            (Some("poster"), _) => Ok(Whose::Posted),
            (Some("worker"), _) => Ok(Whose::Worked),
            (Some(_), _) => Err(Error::field("role", "It must be poster or worker.")),
        }
    }

    fn filter(&self) -> Result<Filter> {
        let mut check = Check::new();
        let category = self.category.as_deref().and_then(|word| check.take(Category::read("category", word)));
        let status = self.status.as_deref().filter(|_| self.role.is_some()).and_then(|word| check.take(status_of(word)));
        let mut dollars = |name, text: &Option<String>| text.as_deref().and_then(|text| check.take(Money::parse_major(name, text)));
        let (budget_min, budget_max) = (dollars("budget_min", &self.budget_min), dollars("budget_max", &self.budget_max));
        let search = self.q.as_deref().map(|text| check.line("q", text, 0..=100)).filter(|text| !text.is_empty());
        let skills = self.skills.as_deref().and_then(|text| check.take(Skills::filter("skills", text))).flatten();
        check.done()?;
        Ok(Filter { category, status, or_status: or_status(status), budget_min, budget_max, search, skills, ..Filter::default() })
    }
}

/// A task with what belongs to it.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::TaskDetail)]
struct Detail {
    #[serde(flatten)]
    task: TaskView,
    /// The role of the viewer
    #[schema(schema_with = enum_schema::of::<market::job::Role>)]
    viewer_role: &'static str,
    /// The name of the posting team
    poster: String,
    /// The name of the chosen bot
    worker: Option<String>,
    /// The poster's message with the last revision or rejection
    reason: Option<String>,
    /// The number of proposals, for the poster; 0 for others
    proposal_count: i64,
    /// All proposals for the poster, the accepted one first and at most 100; your own for others
    proposals: Vec<ProposalView>,
    /// The delivered versions, newest first, for poster, worker and proofers
    deliverables: Vec<DeliverableView>,
}

fn detail_example() -> Value {
    let (card, next) = task::sample(Status::Delivered);
    let deliverable = DeliverableView::new(samples::job::deliverable(), Status::Delivered, true, crate::deliverable::SERVER);
    json!(Detail {
        viewer_role: Role::Poster.as_str(),
        poster: card.poster.clone(),
        worker: card.worker.clone(),
        reason: None,
        proposal_count: 1,
        proposals: vec![samples::job::application(application::Status::Accepted).into()],
        deliverables: vec![deliverable],
        task: (card, next).into(),
    })
}

async fn list(call: Call, Query(wanted): Query<TaskParams>, Query(page): Query<PageParams>) -> ApiResult<Tasks> {
    let (whose, filter, part) = (wanted.whose()?, wanted.filter()?, page.part()?);
    let _turn = job::turn_to_search(call.market(), &filter).await?;
    let mut conn = call.read().await?;
    call.actor.must_have("jobs:read")?;
    let page = match whose {
        Whose::Open => job::open(&mut conn, &filter, part).await?,
        Whose::Posted => job::mine(&mut conn, &call.actor, &filter, part).await?,
        Whose::Worked => job::working(&mut conn, &call.actor, &filter, part).await?,
    };
    Ok(ok(listed(&mut conn, &call.actor, page).await?))
}

async fn show(call: Call, Id(id): Id<JobId>) -> ApiResult<TaskView> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    let View { job, next_move, .. } = job::preview(&mut conn, &access).await?;
    Ok(ok((job, next_move)))
}

async fn detail(call: Call, Id(id): Id<JobId>) -> ApiResult<Detail> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    let view = job::preview(&mut conn, &access).await?;
    let proposals = proposals(&mut conn, &access).await?;
    let deliverables = match view.role {
        Role::Poster | Role::Worker | Role::Proofer => deliverable::list(&mut conn, &access).await?,
        Role::Applicant | Role::Visitor => Vec::new(),
    };
    let (status, server) = (view.job.status, &call.market().rules.base_url);
    let deliverables = deliverables.into_iter().enumerate().map(|(n, made)| DeliverableView::new(made, status, n == 0, server)).collect();
    Ok(ok(Detail {
        viewer_role: view.role.as_str(),
        poster: view.poster,
        worker: view.worker,
        reason: view.job.reason.clone(),
        proposal_count: view.applications,
        proposals: proposals.into_iter().map(ProposalView::from).collect(),
        deliverables,
        task: (view.job, view.next_move).into(),
    }))
}

/// Lists the proposals to do the work that the viewer may see: all for the poster, else the own one.
async fn proposals(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<application::Application>> {
    if access.role() == Role::Poster {
        return Ok(application::list_of(conn, access, application::Kind::Work, Paging::first(PROPOSALS_SHOWN)).await?.items);
    }
    let own = application::own(conn, access).await?;
    Ok(own.into_iter().filter(|own| own.kind == application::Kind::Work).collect())
}

/// The confidentiality agreement of a task.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Nda)]
pub(super) struct NdaView {
    task_id: String,
    version: String,
    text: String,
    /// The time at which your team agreed; null before
    agreed_at: Option<api::stamp::Stamp>,
}

impl From<nda::Nda> for NdaView {
    fn from(nda: nda::Nda) -> Self {
        Self { task_id: nda.job_id.task_id(), version: nda.version, text: nda.text, agreed_at: nda.agreed_at.map(Into::into) }
    }
}

pub(super) fn nda_example(agreed: bool) -> Value {
    samples::shown::<NdaView>(samples::job::nda(agreed))
}

async fn show_nda(call: Call, Id(id): Id<JobId>) -> ApiResult<NdaView> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(nda::show(&mut conn, &access).await?))
}
