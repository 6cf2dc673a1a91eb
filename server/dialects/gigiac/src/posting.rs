//! The poster's side of a task until the work begins: post, change, take down.

use crate::task::{self, TaskView, cents, changed};
use api::amount::Dollars;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::response::{ApiResult, created, ok};
use api::route::{Route, delete, patch, post};
use api::samples::{self, TITLE};
use market::id::JobId;
use market::job::{self, Draft, EscrowTiming, Job, Payment, Status, TermsDraft};
use market::{Duration, Error, Money, Result, actor, ledger};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/tasks", create)
            .named("gigiac_post_task")
            .says(
                "Post a task",
                "With `payment_method` `credits` the budget and the service fee on it are held at once; accepting a proposal returns the \
                 difference, or takes more. With `card` nothing is held: accepting a proposal answers with a checkout. The worker is paid \
                 when you accept the deliverable.",
            )
            .takes(json!({
                "title": TITLE, "description": samples::job::DESCRIPTION, "category": "coding", "budget": 480.00,
                "payment_method": "credits", "skills": ["rust", "parsers"], "revision_limit": 2
            }))
            .gives(201, task::example(Status::Open))
            .refuses(ledger::errors::insufficient_funds(Money(1_200), Money(50_400)))
            .spends()
            .refuses(actor::errors::email_not_verified()),
        patch("/api/tasks/{id}", edit)
            .named("gigiac_edit_task")
            .says(
                "Change a task",
                "Changes the fields that you send, while no proposal is accepted. Another budget moves the held credits. The status and the \
                 payment method have routes of their own.",
            )
            .takes(json!({ "budget": 520.00, "skills": ["rust"] }))
            .gives(200, task::example(Status::Open))
            .refuses(ledger::errors::insufficient_funds(Money(1_200), Money(4_200)))
            .spends()
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id())
            .refuses(job::errors::only_open_is_edited(Status::InProgress))
            .refuses(job::errors::job_moved()),
        delete("/api/tasks/{id}", remove)
            .named("gigiac_delete_task")
            .says("Delete a task", "Takes the task down while no proposal is accepted; held credits are returned at once.")
            .gives(200, json!({ "id": JobId::from(samples::JOB).task_id(), "deleted": true, "task": task::example(Status::Cancelled) }))
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id())
            .refuses_all(crate::cannot(job::Step::Cancel)),
    ]
}

/// A new task.
#[derive(Deserialize, ToSchema)]
#[schema(as = gigiac::NewTask)]
struct NewTask {
    /// The title, which is public
    #[schema(min_length = 3, max_length = 120)]
    title: String,
    /// The summary, which everybody reads
    #[schema(max_length = 500)]
    summary: Option<String>,
    /// The brief
    #[schema(min_length = 10, max_length = 20_000)]
    description: String,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: String,
    /// The most that you would pay, in dollars
    budget: Dollars,
    /// The lower end of the budget, in dollars; the budget if it is left out
    budget_min: Option<Dollars>,
    /// `credits` or `card`; `credits` if it is left out
    payment_method: Option<String>,
    /// The time by which the work must be delivered
    #[schema(format = DateTime, example = "2030-01-31T12:00:00Z")]
    deadline: Option<String>,
    /// The skills that the task asks for, at most 20
    skills: Option<Vec<String>>,
    /// The most revisions that you can request; the server's limit if it is left out
    #[schema(minimum = 0)]
    revision_limit: Option<i64>,
    /// True if only teams that agree to an NDA read the brief; false if it is left out
    confidential: Option<bool>,
    /// True if proofers review the work before it is accepted; false if it is left out
    review: Option<bool>,
    /// The number of proofers, 1 to 9; 1 if it is left out
    reviewer_count: Option<i64>,
    /// The fee of each proofer for a round, in dollars; a share of the budget if it is left out
    reviewer_fee: Option<Dollars>,
}

impl TryFrom<NewTask> for Draft {
    type Error = Error;
    fn try_from(new: NewTask) -> Result<Self> {
        let payment = payment(new.payment_method.as_deref())?;
        let escrow_timing = match payment {
            Payment::Wallet => EscrowTiming::OnCreate,
            Payment::Card => EscrowTiming::OnAccept,
        };
        Ok(Draft {
            title: new.title,
            summary: new.summary,
            description: new.description,
            confidential: Some(new.confidential.unwrap_or(false)),
            category: new.category,
            budget_min: cents("budget_min", new.budget_min.as_ref())?,
            budget_max: cents("budget", Some(&new.budget))?,
            applications_until: None,
            deadline: new.deadline,
            proof_required: new.review,
            proofer_count: new.reviewer_count,
            proof_fee: cents("reviewer_fee", new.reviewer_fee.as_ref())?,
            terms: TermsDraft {
                escrow_timing: Some(escrow_timing),
                payment: Some(payment),
                revisions_max: new.revision_limit,
                skills: new.skills,
                release_delay: Some(Duration::ZERO),
            },
            ..Draft::default()
        })
    }
}

fn payment(word: Option<&str>) -> Result<Payment> {
    match word {
        None | Some("credits") => Ok(Payment::Wallet),
        Some("card") => Ok(Payment::Card),
        Some(_) => Err(Error::field("payment_method", "It must be credits or card.")),
    }
}

/// The fields of a task that change; those that are left out stay.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::TaskChange)]
#[serde(default)]
struct TaskChange {
    #[schema(min_length = 3, max_length = 120)]
    title: Option<String>,
    #[schema(max_length = 500)]
    summary: Option<String>,
    #[schema(min_length = 10, max_length = 20_000)]
    description: Option<String>,
    #[schema(schema_with = enum_schema::or_none::<market::job::Category>)]
    category: Option<String>,
    /// The most that you would pay, in dollars
    budget: Option<Dollars>,
    /// The lower end of the budget, in dollars
    budget_min: Option<Dollars>,
    /// The time by which the work must be delivered; an empty text removes it
    deadline: Option<String>,
    /// The skills that the task asks for, at most 20
    skills: Option<Vec<String>>,
    /// True if only teams that agree to an NDA read the brief
    confidential: Option<bool>,
    /// Not taken here: it has routes of its own
    #[schema(ignore)]
    status: Option<serde::de::IgnoredAny>,
    /// Not taken here: it is fixed when the task is posted
    #[schema(ignore)]
    payment_method: Option<serde::de::IgnoredAny>,
    /// Not taken here: it is fixed when the task is posted
    #[schema(ignore)]
    revision_limit: Option<serde::de::IgnoredAny>,
}

impl TaskChange {
    /// Makes the draft of the changed job.
    fn over(self, job: &Job) -> Result<Draft> {
        self.must_be_editable()?;
        let budget = cents("budget", self.budget.as_ref())?.unwrap_or(job.budget_max.0);
        // A budget of one number stays one; another lower end is kept as far as it fits.
        let least = match cents("budget_min", self.budget_min.as_ref())? {
            Some(least) => least,
            None if job.budget_min == job.budget_max => budget,
            None => job.budget_min.0.min(budget),
        };
        Ok(Draft {
            title: self.title.unwrap_or_else(|| job.title.clone()),
            summary: Some(self.summary.unwrap_or_else(|| job.summary.clone())),
            description: self.description.unwrap_or_else(|| job.description.clone()),
            confidential: Some(self.confidential.unwrap_or(job.confidential)),
            category: self.category.unwrap_or_else(|| job.category.to_string()),
            budget_min: Some(least),
            budget_max: Some(budget),
            applications_until: job.applications_until.filter(|until| Some(*until) != job.deadline).map(|until| until.to_string()),
            deadline: self.deadline.or_else(|| job.deadline.map(|at| at.to_string())),
            terms: TermsDraft { skills: self.skills, ..TermsDraft::default() },
            ..Draft::default()
        })
    }

    fn must_be_editable(&self) -> Result<()> {
        let fixed = [
            ("status", self.status.is_some(), "It changes by routes of its own, such as cancel; leave it out."),
            ("payment_method", self.payment_method.is_some(), "It is fixed when the task is posted; leave it out."),
            ("revision_limit", self.revision_limit.is_some(), "It is fixed when the task is posted; leave it out."),
        ];
        let wrong = fixed.into_iter().find(|(_, sent, _)| *sent);
        wrong.map_or(Ok(()), |(name, _, message)| Err(Error::field(name, message)))
    }
}

/// A task that was taken down.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::DeletedTask)]
struct Deleted {
    id: String,
    deleted: bool,
    task: TaskView,
}

async fn create(call: Call, Body(new): Body<NewTask>) -> ApiResult<TaskView> {
    let draft = Draft::try_from(new)?;
    let mut tx = call.begin().await?;
    let job = job::post(&mut tx, &call.actor, &draft).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, created(job)).await
}

async fn edit(call: Call, Id(id): Id<JobId>, Body(change): Body<TaskChange>) -> ApiResult<TaskView> {
    let mut tx = call.begin().await?;
    let job = job::to_edit(&mut tx, &call.actor, &id).await?;
    let draft = change.over(&job)?;
    let job = job::edit(&mut tx, &call.actor, &id, &draft).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn remove(call: Call, Id(id): Id<JobId>) -> ApiResult<Deleted> {
    let mut tx = call.begin().await?;
    let job = job::take_down(&mut tx, &call.actor, &id).await?;
    let (job, next) = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(Deleted { id: job.id.task_id(), deleted: true, task: (job, next).into() })).await
}
