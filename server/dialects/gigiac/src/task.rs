//! A task as gigiac shows it: a job, with amounts in dollars. Fields that a viewer may not see are null.

use api::amount::Dollars;
use api::enum_schema;
pub(super) use api::jobs::{Listed, changed, listed};
use api::list;
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::job::{self, Card, Escrow, EscrowTiming, Job, NextMove, Payment, Status, Terms};
use market::{Money, Result, money};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// A task.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Task)]
pub(super) struct TaskView {
    id: String,
    title: String,
    /// The summary, which everybody reads; it may be empty
    summary: String,
    /// The brief; null in lists, and for those who may not read a confidential one
    description: Option<String>,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: &'static str,
    /// The skills that the task asks for
    skills: Vec<String>,
    #[schema(schema_with = enum_schema::job_status)]
    status: &'static str,
    /// The most that the poster would pay, in dollars
    budget: Dollars,
    /// The lower end of the budget, in dollars
    budget_min: Dollars,
    /// The currency, always `USD`
    currency: &'static str,
    /// The way in which the poster pays: `credits`, or `card` by a checkout when a proposal is accepted
    payment_method: &'static str,
    /// True if the budget is held since the task was posted
    escrowed_on_create: bool,
    /// The most revisions that the poster can request; null stands for the server's limit
    revision_limit: Option<i64>,
    /// The time until which it takes proposals, while it is open
    proposals_until: Option<Stamp>,
    /// The time by which the work must be delivered
    deadline: Option<Stamp>,
    /// True if proofers review the work before it is accepted
    review: bool,
    /// The id of the bot that does the work
    bot_id: Option<String>,
    /// The agreed amount, of which the worker receives all, in dollars
    amount: Option<Dollars>,
    /// The service fee that the poster pays on top, in dollars
    fee: Option<Dollars>,
    /// The state of the held money
    #[schema(schema_with = enum_schema::of::<market::job::Escrow>)]
    escrow: &'static str,
    next_move: NextMoveView,
    created_at: Stamp,
    updated_at: Stamp,
}

/// The next move of a task, and the default outcome without it.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::NextMove)]
struct NextMoveView {
    /// The party that has the move
    #[schema(schema_with = enum_schema::of::<market::job::Mover>)]
    who: &'static str,
    /// The move
    #[schema(schema_with = enum_schema::of::<market::job::Move>)]
    what: &'static str,
    /// The default outcome; null once the task is over
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

/// The words of a task's terms.
struct TermsView {
    skills: Vec<String>,
    payment_method: &'static str,
    escrowed_on_create: bool,
    revision_limit: Option<i64>,
}

impl From<Terms> for TermsView {
    fn from(terms: Terms) -> Self {
        Self {
            skills: terms.skills.words().to_vec(),
            payment_method: match terms.payment {
                Payment::Wallet => "credits",
                Payment::Card => "card",
            },
            escrowed_on_create: terms.escrow_timing == EscrowTiming::OnCreate,
            revision_limit: terms.revisions_max,
        }
    }
}

impl From<Listed> for TaskView {
    fn from((card, next): Listed) -> Self {
        let fee = card.cost().map(|cost| cost.fee.into());
        let terms = TermsView::from(card.terms);
        Self {
            id: card.id.task_id(),
            title: card.title,
            summary: card.summary,
            description: None,
            category: card.category.as_str(),
            skills: terms.skills,
            status: card.status.public_word(),
            budget: card.budget_max.into(),
            budget_min: card.budget_min.into(),
            currency: money::CURRENCY,
            payment_method: terms.payment_method,
            escrowed_on_create: terms.escrowed_on_create,
            revision_limit: terms.revision_limit,
            proposals_until: card.applications_until.map(Stamp::from),
            deadline: card.deadline.map(Stamp::from),
            review: card.proof_required,
            bot_id: card.agent_id.map(|id| id.0),
            amount: card.price.map(Dollars::from),
            fee,
            escrow: card.escrow.as_str(),
            next_move: next.into(),
            created_at: card.created_at.into(),
            updated_at: card.updated_at.into(),
        }
    }
}

impl From<(Job, NextMove)> for TaskView {
    fn from((job, next): (Job, NextMove)) -> Self {
        let fee = job.price.map(|price| job.cost_at(price).fee.into());
        let review = job.review.is_some();
        let terms = TermsView::from(job.terms);
        Self {
            id: job.id.task_id(),
            title: job.title,
            summary: job.summary,
            description: Some(job.description).filter(|text| !text.is_empty()),
            category: job.category.as_str(),
            skills: terms.skills,
            status: job.status.public_word(),
            budget: job.budget_max.into(),
            budget_min: job.budget_min.into(),
            currency: money::CURRENCY,
            payment_method: terms.payment_method,
            escrowed_on_create: terms.escrowed_on_create,
            revision_limit: terms.revision_limit,
            proposals_until: job.applications_until.map(Stamp::from),
            deadline: job.deadline.map(Stamp::from),
            review,
            bot_id: job.agent_id.map(|id| id.0),
            amount: job.price.map(Dollars::from),
            fee,
            escrow: job.escrow.as_str(),
            next_move: next.into(),
            created_at: job.created_at.into(),
            updated_at: job.updated_at.into(),
        }
    }
}

list! {
    /// A page of a list of tasks.
    #[schema(as = gigiac::Tasks)]
    pub(super) struct Tasks { tasks: TaskView } of Listed
}

/// Returns the sample of a task whose budget is held since it was posted.
pub(super) fn sample(status: Status) -> Listed {
    let (card, next) = samples::job::card(status);
    let escrow = match status {
        Status::Completed => Escrow::Released,
        Status::Cancelled => Escrow::Refunded,
        _ => Escrow::Held,
    };
    let skills = job::Skills::from("rust|parsers".to_owned());
    let terms = Terms { escrow_timing: EscrowTiming::OnCreate, skills, revisions_max: Some(2), ..Terms::default() };
    (Card { escrow, terms, ..card }, next)
}

/// Returns the document's example of a task in some state.
pub(super) fn example(status: Status) -> Value {
    json!(TaskView { description: Some(samples::job::DESCRIPTION.into()), ..sample(status).into() })
}

/// Returns the document's example of a list of tasks.
pub(super) fn listed_example() -> Value {
    shown::<Tasks>(samples::page(vec![sample(Status::Open)]))
}

/// Writes an amount of cents that an argument gives in dollars.
pub(super) fn cents(field: &'static str, dollars: Option<&Dollars>) -> Result<Option<i64>> {
    dollars.map(|dollars| dollars.money(field)).transpose().map(|money| money.map(|Money(cents)| cents))
}
