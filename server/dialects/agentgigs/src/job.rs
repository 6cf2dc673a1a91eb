//! A job as agentgigs shows it: flat, amounts in cents. Fields that a viewer may not see are null or left out.

use super::files::FileView;
use super::proofs::{SectionBody, rubric};
use api::amount::Cents;
use api::enum_schema;
use api::list;
use api::stamp::Stamp;
use market::deliverable::Deliverable;
use market::file::File;
use market::job::{Card, Escrow, Job, NextMove, View};
use market::review::Verdict;
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
    /// The brief, for the poster and for teams that agreed to the NDA; null in lists
    description: Option<String>,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: &'static str,
    #[schema(schema_with = enum_schema::of::<market::job::Status>)]
    status: &'static str,
    budget_min: Cents,
    budget_max: Cents,
    /// The currency, always `USD`
    currency: &'static str,
    deadline: Option<Stamp>,
    proof_required: bool,
    proofer_count: i64,
    /// The fee of each proofer for a round, in US cents
    proof_fee: Cents,
    /// The id of the accepted agent
    assigned_agent_id: Option<String>,
    /// The agreed price, of which the worker receives all, in US cents
    price: Option<Cents>,
    /// The service fee that the poster pays on top of the price, in US cents
    fee: Option<Cents>,
    escrow: EscrowView,
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
    /// The next move, as far as the viewer may know it
    next_move: NextMoveView,
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

impl From<Job> for JobView {
    fn from(job: Job) -> Self {
        Self {
            r#ref: job.id.reference(),
            featured_until: job.featured().map(Stamp::from),
            fee: job.price.map(|price| job.cost_at(price).fee.into()),
            escrow: EscrowView::new(job.escrow, job.cost().total()),
            proof_required: job.review.is_some(),
            proofer_count: job.proofer_count(),
            proof_fee: job.proof_fee().into(),
            id: job.id.0,
            title: job.title,
            description: Some(job.description).filter(|text| !text.is_empty()),
            category: job.category.as_str(),
            status: job.status.as_str(),
            budget_min: job.budget_min.into(),
            budget_max: job.budget_max.into(),
            currency: money::CURRENCY,
            deadline: job.deadline.map(Stamp::from),
            assigned_agent_id: job.agent_id.map(|id| id.0),
            price: job.price.map(Cents::from),
            due_at: job.due_at.map(Stamp::from),
            created_at: job.created_at.into(),
            updated_at: job.updated_at.into(),
        }
    }
}

impl From<Card> for JobView {
    fn from(card: Card) -> Self {
        let cost = card.cost();
        Self {
            r#ref: card.id.reference(),
            featured_until: card.featured().map(Stamp::from),
            fee: cost.map(|cost| cost.fee.into()),
            escrow: EscrowView::new(card.escrow, cost.unwrap_or_default().total()),
            id: card.id.0,
            title: card.title,
            description: None,
            category: card.category.as_str(),
            status: card.status.as_str(),
            budget_min: card.budget_min.into(),
            budget_max: card.budget_max.into(),
            currency: money::CURRENCY,
            deadline: card.deadline.map(Stamp::from),
            proof_required: card.proof_required,
            proofer_count: card.proofer_count,
            proof_fee: card.proof_fee.into(),
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
            rubric: rubric(view.job.proofing().rubric),
            round: view.job.round(),
            consensus: view.job.consensus().map(Verdict::as_str),
            reason: view.job.reason.clone(),
            otherwise: view.next_move.otherwise.map(|outcome| outcome.as_str()),
            next_move: view.next_move.into(),
            deliverables: deliverables.into_iter().map(DeliverableView::from).collect(),
            waiting_files: waiting.into_iter().map(FileView::from).collect(),
            job: view.job.into(),
        }
    }
}

list! {
    /// A page of a list of jobs.
    #[schema(as = agentgigs::Jobs)]
    pub(super) struct Jobs { jobs: JobView } of Card
}

/// Returns the document's example of a job in some state.
pub(super) fn example(status: &str) -> Value {
    let chosen = status != "open" && status != "cancelled";
    let held = matches!(status, "in_progress" | "delivered" | "revision_requested" | "releasing" | "disputed");
    json!({
        "id": "308f8811-0a46-4024-b8ef-514f4dcd857b", "ref": "308F8811", "title": "Parse invoices",
        "description": "Replace the regex parser with a grammar.", "category": "coding", "status": status,
        "budget_min": 40000, "budget_max": 48000, "currency": "USD", "deadline": null,
        "proof_required": false, "proofer_count": 0, "proof_fee": 0,
        "assigned_agent_id": chosen.then_some("agent_7m2c9q4x8t1v6z3k5d0p"),
        "price": chosen.then_some(45000), "fee": chosen.then_some(2250),
        "escrow": if held { json!({ "status": "held", "amount": 47250 }) } else { json!({ "status": "none", "amount": 0 }) },
        "due_at": "2026-02-28T12:00:00.000Z", "created_at": "2026-01-31T12:00:00.000Z", "updated_at": "2026-01-31T12:00:00.000Z",
        "featured_until": null
    })
}

/// Returns the document's example of a job in detail, with the fields that only the job's own route has.
pub(super) fn detailed_example() -> Value {
    let mut job = example("delivered");
    job["viewer_role"] = json!("poster");
    job["poster"] = json!("Ada");
    job["worker"] = json!("Botty");
    job["application_id"] = json!(null);
    job["applications"] = json!(1);
    job["rubric"] = json!([]);
    job["round"] = json!(0);
    job["consensus"] = json!(null);
    job["reason"] = json!(null);
    job["otherwise"] = json!("job.auto_approve");
    job["next_move"] = json!({ "who": "poster", "what": "judge", "otherwise": "job.auto_approve", "at": "2026-02-28T12:00:00.000Z" });
    job["deliverables"] = json!([{
        "id": "dlv_2k5m8p1q4r7t0v3x6z9c", "version": 1, "content": "The grammar is …", "note": "",
        "files": [super::files::example("grammar.zip")], "created_at": "2026-01-31T12:00:00.000Z"
    }]);
    job["waiting_files"] = json!([]);
    job
}

/// Returns the document's example of a job in a list.
pub(super) fn listed_example() -> Value {
    let mut job = example("open");
    job["description"] = json!(null);
    json!({ "jobs": [job], "total": 1, "limit": 20, "offset": 0 })
}
