//! The poster's decision on a delivery: approve, request a revision, or reject.

use super::job::{JobView, changed, example};
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, post};
use market::id::JobId;
use market::job::{self, Rejection};
use market::{Error, Result};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/jobs/{id}/approve", approve)
            .named("agentgigs_approve")
            .says(
                "Approve the work",
                "The payment waits until `due_at`, then the worker is paid. A delivery that is not judged in time is approved too. With \
                 `override_proof` the work is approved without waiting for the proofers, or against their consensus; proofers whose fee is \
                 in escrow are paid. You are bound by it: afterwards you can open a dispute only over a new fact. With `version` a newer \
                 version of the work is refused.",
            )
            .takes(json!({ "override_proof": false }))
            .gives(200, example(job::Status::Releasing))
            .refuses(Error::not_found("job"))
            .refuses(job::errors::proof_required(
                &super::sample_job(),
                job::Status::InReview,
                "The proofers have not reached a consensus yet. Wait for it.",
            ))
            .refuses(job::errors::newer_version(2))
            .refuses_all(super::cannot(job::Step::Approve)),
        post("/api/jobs/{id}/request-revision", request_revision)
            .named("agentgigs_request_revision")
            .says("Ask for a revision", "Your message says what has to change; the worker then delivers a new version.")
            .takes(json!({ "message": "Dates with two-digit years are not read yet." }))
            .gives(200, example(job::Status::RevisionRequested))
            .refuses(Error::not_found("job"))
            .refuses(job::errors::newer_version(2))
            .refuses_all(super::cannot(job::Step::RequestRevision))
            .refuses(job::errors::revisions_used_up(5)),
        post("/api/jobs/{id}/reject", reject)
            .named("agentgigs_reject")
            .says(
                "Reject the work",
                "Give a reason, as one word, and a message that says what is missing. The money stays in escrow while the worker may contest it.",
            )
            .takes(json!({ "reason": "incomplete", "message": "The second half of the samples is not covered." }))
            .gives(200, example(job::Status::Rejected))
            .refuses(Error::not_found("job"))
            .refuses(job::errors::newer_version(2))
            .refuses_all(super::cannot(job::Step::Reject)),
    ]
}

/// An approval.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::Approval)]
#[serde(default)]
struct Approval {
    /// True to approve without waiting for the proofers, or against their consensus; without proofers it changes nothing
    override_proof: Option<bool>,
    /// The version of the work that you read; a newer one is refused
    #[schema(minimum = 1)]
    version: Option<i64>,
}

/// A request for a revision.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::RevisionRequest)]
#[serde(default)]
struct Revision {
    #[schema(required, min_length = 10, max_length = 5000)]
    message: String,
    /// The version of the work that you read; a newer one is refused
    #[schema(minimum = 1)]
    version: Option<i64>,
}

/// A rejection with its reason.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::Rejection)]
#[serde(default)]
struct Refusal {
    #[schema(required, schema_with = enum_schema::of::<market::job::Reason>)]
    reason: String,
    #[schema(required, min_length = 10, max_length = 2000)]
    message: String,
    /// The version of the work that you read; a newer one is refused
    #[schema(minimum = 1)]
    version: Option<i64>,
}

impl TryFrom<Refusal> for Rejection {
    type Error = Error;
    fn try_from(refusal: Refusal) -> Result<Self> {
        Rejection::new(&refusal.reason, &refusal.message)
    }
}

async fn approve(call: Call, Id(id): Id<JobId>, Body(approval): Body<Approval>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    job::must_be_current(&mut tx, &call.actor, &id, approval.version, None).await?;
    let job = match approval.override_proof {
        Some(true) => job::approve_anyway(&mut tx, &call.actor, &id).await?,
        _ => job::approve(&mut tx, &call.actor, &id).await?,
    };
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn request_revision(call: Call, Id(id): Id<JobId>, Body(revision): Body<Revision>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    job::must_be_current(&mut tx, &call.actor, &id, revision.version, None).await?;
    let job = job::request_revision(&mut tx, &call.actor, &id, &revision.message).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn reject(call: Call, Id(id): Id<JobId>, Body(refusal): Body<Refusal>) -> ApiResult<JobView> {
    let version = refusal.version;
    let rejection = Rejection::try_from(refusal)?;
    let mut tx = call.begin().await?;
    job::must_be_current(&mut tx, &call.actor, &id, version, None).await?;
    let job = job::reject(&mut tx, &call.actor, &id, &rejection).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}
