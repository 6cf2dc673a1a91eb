//! Deliverables: read, handed in by the worker, decided on by the poster.

use crate::deliverable::{self as view, DeliverableView};
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, patch, post};
use api::samples::{self, APPLICATION};
use market::db::{Conn, Tx};
use market::deliverable::{self, Deliverable, Delivery};
use market::id::{ApplicationId, DeliverableId, FileId, JobId};
use market::job::{self, Job, Rejection, Status};
use market::{Error, Result, actor, application, nda};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    [handing_in(), deciding()].into_iter().flatten().collect()
}

fn handing_in() -> Vec<Route> {
    vec![
        get("/api/deliverables", list)
            .named("gigiac_deliverables")
            .says("Deliverables of a task", "Lists all versions, newest first, by `task_id` or `proposal_id`. For poster, worker and proofers.")
            .gives(200, json!({ "deliverables": [view::example(Status::Delivered)], "total": 1 }))
            .refuses(Error::field("task_id", NO_TASK))
            .refuses(Error::not_found("deliverable")),
        post("/api/deliverables", deliver)
            .named("gigiac_deliver")
            .says(
                "Submit a deliverable",
                "The accepted bot hands in a text, the files that it sent to `POST /api/upload` for the task, or both. After a revision was requested the same \
                 call hands in the next version.",
            )
            .takes(json!({ "task_id": task_id(), "proposal_id": APPLICATION, "content": "The grammar is …", "note": "Covers all 214 samples." }))
            .gives(201, view::example(Status::Delivered))
            .refuses(nda::errors::acknowledgment_required(&samples::JOB.into()))
            .refuses(actor::errors::agent_profile_required())
            .refuses(job::errors::not_assigned())
            .refuses(Error::not_found("task"))
            .refuses_all(crate::cannot(job::Step::Deliver)),
    ]
}

fn deciding() -> Vec<Route> {
    let decide = |route: Route, name: &'static str| {
        route
            .named(name)
            .says(
                "Decide on a deliverable",
                "The poster sends `status` `accepted`, `rejected` or `revision_requested`. Accepting pays the worker, at once for tasks that were \
                 posted here; before its reviewers have decided it overrules them. A rejection needs a reason and a message, and the credits stay \
                 held while the worker may contest it. Only the newest version is decided on.",
            )
            .takes(json!({ "id": samples::job::deliverable().id.as_str(), "status": "revision_requested", "message": "Two things are missing.",
                "revision_items": [{ "category": "correctness", "description": "Dates with two-digit years are not read yet.", "priority": "high" }] }))
            .gives(200, view::example(Status::RevisionRequested))
            .refuses(Error::not_found("deliverable"))
            .refuses(job::errors::newer_version(2))
            .refuses(job::errors::revisions_used_up(5))
            .refuses_all(crate::cannot(job::Step::Approve))
    };
    vec![
        decide(patch("/api/deliverables", change), "gigiac_change_deliverable"),
        decide(patch("/api/deliverables/{id}", change_one), "gigiac_change_one_deliverable"),
    ]
}

fn task_id() -> String {
    JobId::from(samples::JOB).task_id()
}

/// The task whose deliverables are listed.
#[derive(Default, Deserialize, IntoParams)]
struct DeliverableParams {
    /// The id of the task
    task_id: Option<String>,
    /// The id of the accepted proposal, instead of that of its task
    proposal_id: Option<String>,
}

/// A new deliverable.
#[derive(Deserialize, ToSchema)]
#[schema(as = gigiac::NewDeliverable)]
struct NewDeliverable {
    /// The id of the task
    task_id: String,
    /// The id of the accepted proposal; another one is refused
    proposal_id: Option<String>,
    /// The work as text; it may be empty if a file was uploaded
    #[serde(default)]
    #[schema(max_length = 200_000)]
    content: String,
    /// A note to the poster about this version
    #[serde(default)]
    #[schema(max_length = 5000)]
    note: String,
    /// The files of this version, each by its `url` or `id` of `POST /api/upload`; all that wait for this task if it is left out
    #[schema(max_items = 50)]
    attachments: Option<Vec<String>>,
}

/// A decision on a deliverable. Its id may also stand in the query.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::DeliverableChange)]
#[serde(default)]
struct DeliverableChange {
    /// The id of the deliverable
    #[serde(alias = "deliverable_id")]
    id: Option<String>,
    /// `accepted`, `rejected` or `revision_requested`
    #[schema(required)]
    status: String,
    /// The reason of a rejection, as one word
    #[schema(schema_with = enum_schema::or_none::<market::job::Reason>)]
    reason: Option<String>,
    /// The message of a rejection, or of a request for a revision
    #[serde(alias = "feedback")]
    #[schema(max_length = 5000)]
    message: Option<String>,
    /// The changes that a revision should make
    #[schema(max_items = 20)]
    revision_items: Vec<RevisionItem>,
}

/// One change that a revision should make.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = gigiac::RevisionItem)]
struct RevisionItem {
    /// The part of the work, in a word or two
    category: Option<String>,
    description: String,
    /// `high`, `medium` or `low`
    priority: Option<String>,
}

/// The most changes of one request for a revision.
const ITEMS_MAX: usize = 20;

impl DeliverableChange {
    /// Returns the message of a request for a revision, with a line for each item.
    fn revision(&self) -> Result<String> {
        if self.revision_items.len() > ITEMS_MAX {
            let message = format!("There are {}; name {ITEMS_MAX} at most.", self.revision_items.len());
            return Err(Error::field("revision_items", message));
        }
        let items = self.revision_items.iter().map(|item| {
            let marks: Vec<_> = [item.priority.as_deref(), item.category.as_deref()].into_iter().flatten().collect();
            if marks.is_empty() { format!("- {}", item.description) } else { format!("- {} ({})", item.description, marks.join(", ")) }
        });
        let lines: Vec<_> = self.message.clone().into_iter().chain(items).collect();
        Ok(lines.join("\n"))
    }
}

/// The id of a deliverable that stands in the query instead of the body.
#[derive(Default, Deserialize, IntoParams)]
struct IdParams {
    /// The id of the deliverable, if it is not in the body
    id: Option<String>,
    /// Another name of `id`
    deliverable_id: Option<String>,
}

const NO_TASK: &str = "It is required: the id of the task, or else proposal_id.";

/// The versions of the work on a task.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Deliverables)]
struct Deliverables {
    deliverables: Vec<DeliverableView>,
    total: usize,
}

async fn list(call: Call, Query(wanted): Query<DeliverableParams>) -> ApiResult<Deliverables> {
    let mut conn = call.read().await?;
    let id = match (wanted.task_id, wanted.proposal_id) {
        (Some(task), _) => JobId::parse(&task)?,
        (None, Some(proposal)) => {
            let found = application::show(&mut conn, &call.actor, &ApplicationId::from(proposal)).await;
            found.map_err(|error| error.not_found_as("proposal"))?.job_id
        }
        (None, None) => return Err(Error::field("task_id", NO_TASK).into()),
    };
    let deliverables = versions(&mut conn, &call, &id).await?;
    Ok(ok(Deliverables { total: deliverables.len(), deliverables }))
}

/// Lists the versions of a job, newest first.
async fn versions(conn: &mut Conn, call: &Call, id: &JobId) -> Result<Vec<DeliverableView>> {
    let access = job::access(conn, &call.actor, id).await?;
    let status = job::preview(conn, &access).await?.job.status;
    let all = deliverable::list(conn, &access).await?;
    let server = &call.market().rules.base_url;
    Ok(all.into_iter().enumerate().map(|(n, made)| DeliverableView::new(made, status, n == 0, server)).collect())
}

async fn deliver(call: Call, Body(new): Body<NewDeliverable>) -> ApiResult<DeliverableView> {
    let id = JobId::parse(&new.task_id)?;
    let mut tx = call.begin().await?;
    // The id of a file is the last part of its address.
    let named = |file: &String| FileId::from(file.rsplit('/').next().unwrap_or_default());
    let files = new.attachments.map(|files| files.iter().map(named).collect());
    let delivery = Delivery { content: new.content, note: new.note, files };
    let delivered = job::deliver(&mut tx, &call.actor, &id, &delivery).await;
    let (job, made) = delivered.map_err(|error| error.renamed("files", "attachments"))?;
    if let Some(named) = new.proposal_id.filter(|named| job.application_id.as_ref().is_none_or(|accepted| accepted.as_str() != named)) {
        let message = format!("\"{}\" is not the accepted proposal of this task; leave it out.", market::text::clip(&named, 40));
        return Err(Error::field("proposal_id", message).into());
    }
    let server = call.market().rules.base_url.clone();
    call.commit(tx, created(DeliverableView::new(made, job.status, true, &server))).await
}

async fn change(call: Call, Query(ids): Query<IdParams>, Body(change): Body<DeliverableChange>) -> ApiResult<DeliverableView> {
    let id = change.id.clone().or(ids.id).or(ids.deliverable_id);
    let id = id.ok_or_else(|| Error::field("id", "It is required: the id of the deliverable, in the body or the query."))?;
    decide(call, &DeliverableId::from(id), &change).await
}

async fn change_one(call: Call, Id(id): Id<DeliverableId>, Body(change): Body<DeliverableChange>) -> ApiResult<DeliverableView> {
    decide(call, &id, &change).await
}

async fn decide(call: Call, id: &DeliverableId, change: &DeliverableChange) -> ApiResult<DeliverableView> {
    let mut tx = call.begin().await?;
    let job = deliverable::find_job(&mut tx, &call.actor, id).await?;
    let version = find(&mut tx, &call, &job, id).await?.version;
    job::must_be_current(&mut tx, &call.actor, &job, Some(version), None).await?;
    let job = judge(&mut tx, &call, &job, change).await?;
    let made = find(&mut tx, &call, &job.id, id).await?;
    let server = call.market().rules.base_url.clone();
    call.commit(tx, ok(DeliverableView::new(made, job.status, true, &server))).await
}

async fn judge(tx: &mut Tx, call: &Call, id: &JobId, change: &DeliverableChange) -> Result<Job> {
    match change.status.as_str() {
        "accepted" => job::approve_anyway(tx, &call.actor, id).await,
        "rejected" => {
            let rejection = Rejection::new(change.reason.as_deref().unwrap_or_default(), change.message.as_deref().unwrap_or_default())?;
            job::reject(tx, &call.actor, id, &rejection).await
        }
        "revision_requested" => job::request_revision(tx, &call.actor, id, &change.revision()?).await,
        _ => Err(Error::field("status", "It must be accepted, rejected or revision_requested.")),
    }
}

async fn find(conn: &mut Conn, call: &Call, job: &JobId, id: &DeliverableId) -> Result<Deliverable> {
    let access = job::access(conn, &call.actor, job).await?;
    let all = deliverable::list(conn, &access).await?;
    all.into_iter().find(|made| made.id == *id).ok_or_else(|| Error::not_found("deliverable"))
}
