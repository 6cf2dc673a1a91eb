//! A job as agentgigs shows it: flat, amounts in cents. Fields that a viewer may not see are null or left out.

use super::files::FileView;
use super::proofs::{SectionBody, rubric};
use api::amount::Cents;
use api::enum_schema;
pub(super) use api::jobs::{Listed, changed, listed};
use api::list;
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::deliverable::Deliverable;
use market::file::File;
use market::job::{Escrow, Job, NextMove, Role, Status, View};
use market::review::{Plan, Verdict};
use market::{Money, money};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A job.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Job)]
pub(super) struct JobView {
    /// The id, the only one that routes take
    id: String,
    /// The first eight digits of the id, for people to read aloud; routes do not take it
    r#ref: String,
    title: String,
    /// The summary, which everybody reads; it may be empty
    summary: String,
    /// The brief; a confidential one is for the poster and for teams that agreed to the NDA. Null in lists
    description: Option<String>,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: &'static str,
    #[schema(schema_with = enum_schema::job_status)]
    status: &'static str,
    budget_min: Cents,
    budget_max: Cents,
    /// The currency, always `USD`
    currency: &'static str,
    /// The time until which the job takes applications, while it is open
    applications_until: Option<Stamp>,
    /// The time by which the work must be delivered
    deadline: Option<Stamp>,
    proof_required: bool,
    proofer_count: i64,
    /// The fee of each proofer for a round, in US cents
    proof_fee: Cents,
    /// The number of review rounds that the poster's wallet pays without asking again; 0 without proofers
    proof_rounds: i64,
    /// A warning for the poster, if a round of proofing costs more than half of the budget
    warning: Option<String>,
    /// The id of the accepted agent
    assigned_agent_id: Option<String>,
    /// The agreed price, of which the worker receives all, in US cents
    price: Option<Cents>,
    /// The service fee that the poster pays on top of the price, in US cents
    fee: Option<Cents>,
    escrow: EscrowView,
    /// The next move, as far as the viewer may know it
    next_move: NextMoveView,
    /// The time at which the default outcome happens if nobody acts
    due_at: Option<Stamp>,
    created_at: Stamp,
    updated_at: Stamp,
    /// The end of the time in which the job is listed above other open jobs
    featured_until: Option<Stamp>,
}

/// The escrow of a job.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Escrow)]
struct EscrowView {
    #[schema(schema_with = enum_schema::of::<market::job::Escrow>)]
    status: &'static str,
    /// The amount in escrow now, in US cents
    amount: Cents,
}

/// One job as its viewer sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::JobDetail)]
pub(super) struct Detail {
    #[serde(flatten)]
    job: JobView,
    /// The role of the viewer
    #[schema(schema_with = enum_schema::of::<market::job::Role>)]
    viewer_role: &'static str,
    /// The name of the posting team
    poster: String,
    /// The name of the chosen agent
    worker: Option<String>,
    /// The id of the viewer's own application
    application_id: Option<String>,
    /// The number of applications, for the poster; 0 for others
    applications: i64,
    /// True if only teams that agree to the NDA read the brief
    confidential: bool,
    /// The sections that proofers score separately
    rubric: Vec<SectionBody>,
    /// The number of the current or last review round; 0 before the first
    round: i64,
    /// The consensus of the last review round, for poster and worker
    #[schema(schema_with = enum_schema::or_none::<market::review::Verdict>)]
    consensus: Option<&'static str>,
    /// The poster's message with the last revision or rejection
    reason: Option<String>,
    /// The default outcome, which happens at `due_at` if nobody acts
    otherwise: Option<&'static str>,
    /// The delivered versions, newest first, for poster and worker
    deliverables: Vec<DeliverableView>,
    /// The worker's uploaded files that no delivery has handed in yet; empty for others
    waiting_files: Vec<FileView>,
}

/// The next move of a job, and the default outcome without it.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::NextMove)]
struct NextMoveView {
    /// The party that has the move
    #[schema(schema_with = enum_schema::of::<market::job::Mover>)]
    who: &'static str,
    /// The move
    #[schema(schema_with = enum_schema::of::<market::job::Move>)]
    what: &'static str,
    /// The default outcome; null once the job is over
    otherwise: Option<&'static str>,
    /// The time at which the default outcome happens; null without one
    at: Option<Stamp>,
}

impl From<NextMove> for NextMoveView {
    fn from(next: NextMove) -> Self {
        let otherwise = next.otherwise.map(|outcome| outcome.as_str());
        Self { who: next.who.as_str(), what: next.what.as_str(), otherwise, at: next.at.map(Stamp::from) }
    }
}

/// One version of the work.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Deliverable)]
pub(super) struct DeliverableView {
    id: String,
    version: i64,
    content: String,
    note: String,
    /// The files that were handed in with this version
    files: Vec<FileView>,
    created_at: Stamp,
}

impl From<Deliverable> for DeliverableView {
    fn from(made: Deliverable) -> Self {
        let files = made.files.into_iter().map(FileView::from).collect();
        Self { id: made.id.0, version: made.version, content: made.content, note: made.note, files, created_at: made.created_at.into() }
    }
}

impl EscrowView {
    fn new(status: Escrow, held: Money) -> Self {
        let amount = if status == Escrow::Held { held } else { Money::ZERO };
        Self { status: status.as_str(), amount: amount.into() }
    }
}

/// Returns the warning that a round of proofing is out of proportion.
fn warning(plan: Plan, budget: Money) -> Option<String> {
    plan.is_dear(budget).then(|| format!("A round of proofing costs {}, more than half of the budget of {budget}.", plan.cost()))
}

impl From<(Job, NextMove)> for JobView {
    fn from((job, next): (Job, NextMove)) -> Self {
        Self {
            next_move: next.into(),
            r#ref: job.id.reference(),
            featured_until: job.featured().map(Stamp::from),
            fee: job.price.map(|price| job.cost_at(price).fee.into()),
            escrow: EscrowView::new(job.escrow, job.cost().total()),
            proof_required: job.review.is_some(),
            proofer_count: job.proofer_count(),
            proof_fee: job.proof_fee().into(),
            proof_rounds: job.proofing().proof_rounds,
            warning: warning(job.proofing().plan(), job.budget_max),
            id: job.id.0,
            title: job.title,
            summary: job.summary,
            description: Some(job.description).filter(|text| !text.is_empty()),
            category: job.category.as_str(),
            status: job.status.public_word(),
            budget_min: job.budget_min.into(),
            budget_max: job.budget_max.into(),
            currency: money::CURRENCY,
            applications_until: job.applications_until.map(Stamp::from),
            deadline: job.deadline.map(Stamp::from),
            assigned_agent_id: job.agent_id.map(|id| id.0),
            price: job.price.map(Cents::from),
            due_at: job.due_at.map(Stamp::from),
            created_at: job.created_at.into(),
            updated_at: job.updated_at.into(),
        }
    }
}

impl From<Listed> for JobView {
    fn from((card, next): Listed) -> Self {
        let cost = card.cost();
        Self {
            next_move: next.into(),
            r#ref: card.id.reference(),
            featured_until: card.featured().map(Stamp::from),
            fee: cost.map(|cost| cost.fee.into()),
            escrow: EscrowView::new(card.escrow, cost.unwrap_or_default().total()),
            id: card.id.0,
            title: card.title,
            summary: card.summary,
            description: None,
            category: card.category.as_str(),
            status: card.status.public_word(),
            budget_min: card.budget_min.into(),
            budget_max: card.budget_max.into(),
            currency: money::CURRENCY,
            applications_until: card.applications_until.map(Stamp::from),
            deadline: card.deadline.map(Stamp::from),
            proof_required: card.proof_required,
            proofer_count: card.proofer_count,
            proof_fee: card.proof_fee.into(),
            proof_rounds: card.proof_rounds,
            warning: warning(Plan { seats: card.proofer_count, fee: card.proof_fee }, card.budget_max),
            assigned_agent_id: card.agent_id.map(|id| id.0),
            price: card.price.map(Cents::from),
            due_at: card.due_at.map(Stamp::from),
            created_at: card.created_at.into(),
            updated_at: card.updated_at.into(),
        }
    }
}

impl From<(View, Vec<Deliverable>, Vec<File>)> for Detail {
    fn from((view, deliverables, waiting): (View, Vec<Deliverable>, Vec<File>)) -> Self {
        Self {
            viewer_role: view.role.as_str(),
            poster: view.poster,
            worker: view.worker,
            application_id: view.application_id.map(|id| id.0),
            applications: view.applications,
            confidential: view.job.confidential,
            rubric: rubric(view.job.proofing().rubric),
            round: view.job.round(),
            consensus: view.job.consensus().map(Verdict::as_str),
            reason: view.job.reason.clone(),
            otherwise: view.next_move.otherwise.map(|outcome| outcome.as_str()),
            deliverables: deliverables.into_iter().map(DeliverableView::from).collect(),
            waiting_files: waiting.into_iter().map(FileView::from).collect(),
            job: (view.job, view.next_move).into(),
        }
    }
}

list! {
    /// A page of a list of jobs.
    #[schema(as = agentgigs::Jobs)]
    pub(super) struct Jobs { jobs: JobView } of Listed
}

/// Returns the document's example of a job in some state.
pub(super) fn example(status: Status) -> Value {
    described(samples::job::card(status))
}

/// Returns the document's example of a job that proofers review.
pub(super) fn reviewed(status: Status) -> Value {
    described(samples::job::reviewed(status))
}

fn described(job: Listed) -> Value {
    json!(JobView { description: Some(samples::job::DESCRIPTION.into()), ..job.into() })
}

/// Returns the document's example of a job in detail, as its poster sees it.
pub(super) fn detailed_example() -> Value {
    let (card, next) = samples::job::card(Status::Delivered);
    json!(Detail {
        viewer_role: Role::Poster.as_str(),
        poster: card.poster.clone(),
        worker: card.worker.clone(),
        application_id: None,
        applications: card.applications,
        confidential: true,
        rubric: Vec::new(),
        round: 0,
        consensus: None,
        reason: None,
        otherwise: next.otherwise.map(|outcome| outcome.as_str()),
        deliverables: vec![samples::job::deliverable().into()],
        waiting_files: Vec::new(),
        job: (card, next).into(),
    })
}

/// Returns the document's example of a list of jobs.
pub(super) fn listed_example() -> Value {
    shown::<Jobs>(samples::page(vec![samples::job::card(Status::Open)]))
}
