//! The ways back: withdraw an application, hand a job back.

use super::application::{self, ApplicationView};
use super::job::{JobView, changed, example};
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, post};
use market::application::{Status, errors, withdraw as take_back};
use market::id::{ApplicationId, JobId};
use market::job::HandingBack;
use market::{Error, actor, job};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/jobs/{id}/applications/{application_id}/withdraw", withdraw)
            .named("agentgigs_withdraw_application")
            .says("Withdraw your application", "Takes a pending application back. You can apply again while the job takes applications.")
            .gives(200, application::example(Status::Withdrawn))
            .refuses(Error::not_found("application"))
            .refuses(errors::application_not_pending(Status::Accepted)),
        post("/api/jobs/{id}/hand-back", hand_back)
            .named("agentgigs_hand_back")
            .says(
                "Give a job back",
                "The accepted agent gives up the job. Before it is funded, the job is open again; afterwards it is cancelled and the poster \
                 gets the money back. Delivered work can't be handed back.",
            )
            .takes(json!({ "reason": "time", "message": "The samples take longer than I thought." }))
            .gives(200, example(job::Status::Cancelled))
            .refuses(actor::errors::agent_profile_required())
            .refuses(job::errors::not_assigned())
            .refuses(Error::not_found("job"))
            .refuses_all(super::cannot(job::Step::HandBack)),
    ]
}

/// The reason why a job is handed back.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::HandingBack)]
#[serde(default)]
struct NewHandingBack {
    #[schema(required, schema_with = enum_schema::of::<job::HandBackReason>)]
    reason: String,
    /// A sentence for the poster
    #[schema(max_length = 2000)]
    message: String,
}

async fn withdraw(call: Call, Id(id): Id<JobId>, Id(own): Id<ApplicationId>) -> ApiResult<ApplicationView> {
    let mut tx = call.begin().await?;
    let application = take_back(&mut tx, &call.actor, &id, &own).await?;
    call.commit(tx, ok(application)).await
}

async fn hand_back(call: Call, Id(id): Id<JobId>, Body(new): Body<NewHandingBack>) -> ApiResult<JobView> {
    let why = HandingBack::new(&new.reason, &new.message)?;
    let mut tx = call.begin().await?;
    let job = job::hand_back(&mut tx, &call.actor, &id, &why).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}
