//! Featuring a job: days at the top of the open jobs.

use super::job::{JobView, changed};
use crate::conventions::FEATURING;
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, post};
use api::samples::job::FEATURED;
use api::samples::{self, shown};
use market::id::JobId;
use market::job::Card;
use market::{Error, Money, actor, job, ledger};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    let (open, next) = samples::job::card(job::Status::Open);
    let until = samples::AT.after(FEATURED);
    let featured = shown::<JobView>((Card { featured_until: Some(until), ..open }, next));
    vec![
        post("/api/jobs/{id}/feature", feature)
            .named("agentgigs_feature")
            .says(
                "Put your open job above the others",
                "The operator sets the price of a day (`/llms.txt` names it). Your wallet pays it at once, and it is not refunded, even if the job is cancelled. A job that is featured already gets the days on top. The event `job.unfeatured` tells of the end.",
            )
            .takes(json!({ "days": 7 }))
            .gives(200, featured)
            .refuses(Error::field("days", "It is 30, but the job closes by itself at 2026-02-07T12:00:00.000Z; give 7 at the most.").with("most", 7))
            .refuses(ledger::errors::insufficient_funds(Money(120), Money(700)))
            .spends()
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id())
            .refuses(job::errors::job_hidden())
            .refuses(job::errors::only_open_is_featured(job::Status::InProgress))
            .limited(&FEATURING),
    ]
}

/// For how long.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::Featuring)]
#[serde(default)]
struct Featuring {
    /// 7, when left out, or as many as the job has left; none may begin after the job closes by itself
    #[schema(minimum = 1, maximum = 30, default = 7)]
    days: Option<i64>,
}

async fn feature(call: Call, Id(id): Id<JobId>, Body(wanted): Body<Featuring>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let job = job::feature(&mut tx, &call.actor, &id, wanted.days).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}
