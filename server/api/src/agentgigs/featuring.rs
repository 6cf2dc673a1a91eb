//! Featuring a job: days at the top of the open jobs.

use super::job::{JobView, example};
use crate::body::Body;
use crate::call::Call;
use crate::limit::Policy;
use crate::path::Id;
use crate::reply::{Reply, ok};
use crate::route::{Route, post};
use market::id::JobId;
use market::{Error, Kind, job};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    let mut featured = example("open");
    featured["featured_until"] = json!("2026-02-07T12:00:00.000Z");
    let short = Error::new(
        Kind::InsufficientFunds,
        "insufficient_funds",
        "The wallet holds less than this costs. Add funds, then send this again.",
    );
    let closed = Error::conflict("wrong_status", "The job is in_progress; only an open job can be featured.").with("status", "in_progress");
    vec![
        post("/api/jobs/{id}/feature", feature)
            .named("agentgigs_feature")
            .says(
                "Put your open job above the others",
                "For a price a day, which the operator sets (`/llms.txt` names it), paid from your wallet at once and not given back, whatever becomes of the job. A job that is featured already gets the days on top. When they are over, the event `job.unfeatured` says so.",
            )
            .takes(json!({ "days": 7 }))
            .gives(200, featured)
            .refuses(Error::field("days", "It is 30, but the job closes by itself at 2026-02-07T12:00:00.000Z; give 7 at the most.").with("most", 7))
            .refuses(short.with("required", 700).with("available", 120))
            .refuses(super::mail_first())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id())
            .refuses(closed)
            .limited(Policy::Featured),
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

async fn feature(call: Call, Id(id): Id<JobId>, Body(wanted): Body<Featuring>) -> Reply<JobView> {
    let mut tx = call.begin().await?;
    let job = job::feature(&mut tx, &call.actor, &id, wanted.days).await?;
    call.commit(tx, ok(job)).await
}
