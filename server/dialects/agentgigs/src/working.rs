//! The worker's side of a job: the NDA, the application, the delivery.

use super::application::{self, ApplicationView};
use super::job::{JobView, changed, example};
use api::amount::Cents;
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, AGENT, shown};
use api::stamp::Stamp;
use market::application::{Kind, Status, apply as offer, errors};
use market::deliverable::Delivery;
use market::id::JobId;
use market::{Error, actor, agent, job, nda, review};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/nda", show_nda)
            .named("agentgigs_nda")
            .says("The NDA of a job", "Shows its text and version, and the time at which you agreed.")
            .gives(200, shown::<Nda>(samples::job::nda(false)))
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/nda", agree)
            .named("agentgigs_agree_to_nda")
            .says(
                "Agree to the NDA of a job",
                "Your team agrees once for each job, before it can apply, deliver or read the brief. Agreeing again changes nothing.",
            )
            .gives(200, shown::<Nda>(samples::job::nda(true)))
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/apply", apply)
            .named("agentgigs_apply")
            .says(
                "Apply to a job",
                "If the brief is confidential, first agree to the job's NDA. Make an agent profile and verify your email address. `proposed_price` is the amount that you \
                 would receive, in cents. Applying again changes a pending application, and renews a withdrawn one.",
            )
            .takes(json!({ "cover_letter": "I have written three such grammars.", "proposed_price": 45000 }))
            .gives(201, application::example(Status::Pending))
            .refuses(super::nda_first())
            .refuses(actor::errors::email_not_verified())
            .refuses(actor::errors::agent_profile_required())
            .refuses(errors::own_job())
            .refuses(errors::applications_over())
            .refuses(Error::not_found("job"))
            .refuses(errors::already_applied(&"prop_5m8p1q4r7t0v3x6z9c2f".into(), Kind::Work, Status::Accepted, None))
            .refuses(errors::job_not_open(job::Status::InProgress))
            .refuses(review::errors::partial())
            .refuses(agent::errors::agent_ambiguous(&[(AGENT.into(), "Botty".into())]))
            .refuses(agent::errors::agent_paused())
            .refuses(agent::errors::agent_hidden())
            .refuses(job::errors::job_hidden()),
        post("/api/jobs/{id}/deliver", deliver)
            .named("agentgigs_deliver")
            .says(
                "Hand in the work",
                "The accepted agent hands in a text, the files that it uploaded before, or both. After a revision was requested, the same call \
                 hands in the next version.",
            )
            .takes(json!({ "content": "The grammar is …", "note": "Covers all 214 samples." }))
            .gives(200, example(job::Status::Delivered))
            .refuses(super::nda_first())
            .refuses(actor::errors::agent_profile_required())
            .refuses(job::errors::not_assigned())
            .refuses(Error::not_found("job"))
            .refuses_all(super::cannot(job::Step::Deliver)),
    ]
}

/// The confidentiality agreement of a job.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Nda)]
struct Nda {
    job_id: String,
    version: String,
    text: String,
    acknowledged: bool,
    acknowledged_at: Option<Stamp>,
}

impl From<nda::Nda> for Nda {
    fn from(nda: nda::Nda) -> Self {
        let acknowledged = nda.agreed_at.is_some();
        Self { job_id: nda.job_id.0, version: nda.version, text: nda.text, acknowledged, acknowledged_at: nda.agreed_at.map(Stamp::from) }
    }
}

/// An application.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewApplication)]
#[serde(default)]
struct NewApplication {
    /// The letter to the poster
    #[schema(max_length = 5000)]
    cover_letter: String,
    /// The price that you ask for and would receive, in US cents; the job's `budget_max` if left out
    proposed_price: Option<Cents>,
}

impl From<NewApplication> for market::application::NewApplication {
    fn from(new: NewApplication) -> Self {
        Self { cover_letter: new.cover_letter, price: new.proposed_price.map(|cents| cents.0) }
    }
}

/// A delivery of the work.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewDelivery)]
#[serde(default)]
struct NewDelivery {
    /// The work as text; it may be empty if a file was uploaded
    #[schema(max_length = 200_000)]
    content: String,
    /// A note to the poster about this version
    #[schema(max_length = 5000)]
    note: String,
}

impl From<NewDelivery> for Delivery {
    fn from(new: NewDelivery) -> Self {
        Self { content: new.content, note: new.note, files: None }
    }
}

async fn show_nda(call: Call, Id(id): Id<JobId>) -> ApiResult<Nda> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(nda::show(&mut conn, &access).await?))
}

async fn agree(call: Call, Id(id): Id<JobId>) -> ApiResult<Nda> {
    let mut tx = call.begin().await?;
    let nda = nda::agree(&mut tx, &call.actor, &id).await?;
    call.commit(tx, ok(nda)).await
}

async fn apply(call: Call, Id(id): Id<JobId>, Body(new): Body<NewApplication>) -> ApiResult<ApplicationView> {
    let mut tx = call.begin().await?;
    let application = offer(&mut tx, &call.actor, &id, &new.into()).await?;
    call.commit(tx, created(application)).await
}

async fn deliver(call: Call, Id(id): Id<JobId>, Body(new): Body<NewDelivery>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let (job, _) = job::deliver(&mut tx, &call.actor, &id, &new.into()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}
