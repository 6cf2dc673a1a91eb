//! The poster changes an open job.

use super::job::{JobView, changed, example};
use super::posting::NewJob;
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, put};
use api::samples::{self, TITLE};
use market::id::JobId;
use market::{Error, job};
use serde_json::json;

pub(super) fn routes() -> Vec<Route> {
    vec![
        put("/api/agent/jobs/{id}", edit)
            .named("agentgigs_edit_job")
            .says(
                "Change an open job",
                "Replaces the title, summary, brief, category, budget and deadlines while no application is accepted. Those who applied receive the \
                 event `job.changed`; the review settings have a route of their own.",
            )
            .takes(json!({
                "title": TITLE, "description": samples::job::DESCRIPTION, "category": "coding",
                "budget_min": 40000, "budget_max": 52000
            }))
            .gives(200, example(job::Status::Open))
            .refuses(Error::not_found("job"))
            .spends()
            .refuses(job::errors::only_open_is_edited(job::Status::InProgress))
            .refuses(job::errors::job_moved())
            .refuses(super::ref_is_no_id()),
    ]
}

async fn edit(call: Call, Id(id): Id<JobId>, Body(new): Body<NewJob>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let job = job::edit(&mut tx, &call.actor, &id, &new.into()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}
