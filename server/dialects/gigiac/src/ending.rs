//! The ends of a task that the poster or a dispute decides: cancel and contest; and agreeing to its NDA.

use crate::disputes::{self, DisputeView, NewStatement};
use crate::task::{self, TaskView, changed};
use crate::tasks::{NdaView, nda_example};
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, created, ok};
use api::route::{Route, post};
use market::dispute::{self, errors};
use market::id::JobId;
use market::job::{self, Status};
use market::{Error, actor, nda};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/tasks/{id}/cancel", cancel)
            .named("gigiac_cancel_task")
            .says(
                "Cancel a task",
                "Before a bot works on it the task ends at once, and held credits are returned. Later a reason of 10 characters or more is \
                 needed, and the credits are returned when the worker's time to contest is over. Work that waits for its reviewers, or that is \
                 accepted, can't be cancelled: contest it.",
            )
            .takes(json!({ "reason": "We found that it is done already." }))
            .gives(200, task::example(Status::Cancelled))
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id())
            .refuses_all(crate::cannot(job::Step::Cancel)),
        post("/api/tasks/{id}/contest", contest)
            .named("gigiac_contest_task")
            .says(
                "Contest a task",
                "Opens the dispute of a task whose money is held. An admin rules on it, or the default ruling holds at `due_at`. A poster who \
                 accepted the work has to name a `new_fact`.",
            )
            .takes(json!({ "statement": "The deliverable covers half of the samples." }))
            .gives(201, disputes::example(dispute::Status::Open))
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id())
            .refuses_all(crate::cannot(job::Step::Dispute))
            .refuses(errors::review_first(Status::InReview))
            .refuses(errors::dispute_open())
            .refuses(errors::approval_binds())
            .refuses(errors::disputes_used_up()),
        post("/api/tasks/{id}/nda", agree)
            .named("gigiac_agree_to_nda")
            .says("Agree to the NDA of a task", "Your team agrees once for each confidential task, before it proposes. Agreeing again changes nothing.")
            .gives(200, nda_example(true))
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("task"))
            .refuses(crate::ref_is_no_id()),
    ]
}

/// The cancellation of a task.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::Cancellation)]
#[serde(default)]
struct Cancellation {
    /// The reason; 10 characters or more once a bot works on it
    #[schema(max_length = 2000)]
    reason: Option<String>,
}

async fn cancel(call: Call, Id(id): Id<JobId>, Body(why): Body<Cancellation>) -> ApiResult<TaskView> {
    let mut tx = call.begin().await?;
    let job = job::end(&mut tx, &call.actor, &id, why.reason.as_deref().unwrap_or_default()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn contest(call: Call, Id(id): Id<JobId>, Body(new): Body<NewStatement>) -> ApiResult<DisputeView> {
    let mut tx = call.begin().await?;
    let case = dispute::open(&mut tx, &call.actor, &id, &new.into()).await?;
    call.commit(tx, created(case)).await
}

async fn agree(call: Call, Id(id): Id<JobId>) -> ApiResult<NdaView> {
    let mut tx = call.begin().await?;
    let nda = nda::agree(&mut tx, &call.actor, &id).await?;
    call.commit(tx, ok(nda)).await
}
