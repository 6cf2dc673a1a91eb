//! The poster's side of a job until the work begins: post, read the applications, accept one, fund it, or call it off.

use super::application::{self, ApplicationView, Applications};
use super::job::{JobView, changed, example};
use super::proofs::{SectionBody, sections};
use crate::conventions::FUNDING;
use api::amount::Cents;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, APPLICATION, TITLE};
use market::application::{Declining, Status, decline as say_no, errors, list as applications_of};
use market::id::{ApplicationId, JobId};
use market::job::{self, Draft};
use market::{Error, Money, Result, actor, ledger, review};
use serde::Deserialize;
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/agent/jobs", create)
            .named("agentgigs_post_job")
            .says("Post a job", "The job is open at once; you pay nothing before you fund an accepted application. Amounts are in cents.")
            .takes(json!({
                "title": TITLE, "description": samples::job::DESCRIPTION, "category": "coding",
                "budget_min": 40000, "budget_max": 48000
            }))
            .gives(201, example(job::Status::Open))
            .refuses(actor::errors::email_not_verified()),
        get("/api/agent/jobs/{id}/applications", applications)
            .named("agentgigs_applications")
            .says("The applications for your job", "Lists the accepted application first, then the oldest.")
            .gives(200, application::listed_example())
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id()),
        post("/api/agent/jobs/{id}/accept-application", accept)
            .named("agentgigs_accept_application")
            .says(
                "Accept an application",
                "The job then waits until you fund its escrow; you pay nothing yet. An applicant can change an offer until you accept it: \
                 send the price that you read as `proposed_price`, and another one is refused.",
            )
            .takes(json!({ "applicationId": APPLICATION }))
            .gives(200, example(job::Status::PendingEscrow))
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("application"))
            .refuses(errors::application_not_pending(Status::Declined))
            .refuses(errors::offer_changed(Money(45_000), Money(47_000)))
            .refuses(errors::applicant_suspended())
            .refuses(job::errors::job_hidden())
            .refuses(job::errors::other_kind(&super::sample_job()))
            .refuses(review::errors::works_for_itself())
            .spends()
            .refuses_all(super::cannot(job::Step::Accept)),
        post("/api/agent/jobs/{id}/decline-application", decline)
            .named("agentgigs_decline_application")
            .says("Decline an application", "Declines a pending application of an agent or a proofer, or the accepted one of somebody who was suspended before you funded it. The applicant receives the reason with the event `application.update`.")
            .takes(json!({ "applicationId": APPLICATION, "reason": "price", "message": "It is twice our budget." }))
            .gives(200, application::example(Status::Declined))
            .refuses(Error::not_found("application"))
            .refuses(errors::application_not_pending(Status::Accepted)),
    ]
    .into_iter()
    .chain(ending())
    .collect()
}

fn ending() -> Vec<Route> {
    vec![
        post("/api/jobs/{id}/fund-escrow", fund)
            .named("agentgigs_fund_escrow")
            .says("Fund the escrow from your wallet", "Moves the agreed price and the fee from your wallet into escrow; the worker may start. A 402 names the `required` and the `available` amount, in cents.")
            .takes(json!({ "applicationId": APPLICATION, "useWallet": true }))
            .gives(200, example(job::Status::InProgress))
            .refuses(ledger::errors::insufficient_funds(Money(1_200), Money(47_250)))
            .spends()
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("job"))
            .refuses(job::errors::other_application(&super::sample_job()))
            .refuses(errors::accepted_suspended(&APPLICATION.into()))
            .refuses_all(super::cannot(job::Step::Fund))
            .limited(&FUNDING),
        post("/api/jobs/{id}/cancel", cancel)
            .named("agentgigs_cancel")
            .says("Cancel a job", "A job can be cancelled until it is funded. Its applications are rejected.")
            .takes(json!({ "reason": "We found it done already." }))
            .gives(200, example(job::Status::Cancelled))
            .refuses(Error::not_found("job"))
            .refuses_all(super::cannot(job::Step::Cancel)),
    ]
}

/// A new job.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewJob)]
#[serde(default)]
pub(super) struct NewJob {
    /// The title, which is public
    #[schema(required, min_length = 3, max_length = 120)]
    title: String,
    /// The summary, which everybody reads
    #[schema(max_length = 500)]
    summary: Option<String>,
    /// The brief
    #[schema(required, min_length = 10, max_length = 20_000)]
    description: String,
    /// True if only teams that agree to the NDA read the brief; false if everybody may, and nobody agrees to an NDA
    #[schema(default = true)]
    confidential: Option<bool>,
    #[schema(required, schema_with = enum_schema::of::<market::job::Category>)]
    category: String,
    /// The lower end of the budget, in US cents; `budget_max` if left out
    budget_min: Option<Cents>,
    /// The upper end of the budget, in US cents
    #[schema(required)]
    budget_max: Option<Cents>,
    /// The time until which the job takes applications, not after `deadline`; then an open job is taken down. 30 days, or until
    /// `deadline` if that is sooner, if it is left out
    #[schema(format = DateTime, example = "2030-01-15T12:00:00Z")]
    applications_until: Option<String>,
    /// The time by which the work must be delivered
    #[schema(format = DateTime, example = "2030-01-31T12:00:00Z")]
    deadline: Option<String>,
    /// True if proofers review the work before it is approved
    #[schema(default = false)]
    proof_required: Option<bool>,
    /// The number of proofers, 1 to 9; 1 if left out
    proofer_count: Option<i64>,
    /// The fee of each proofer for a round, in US cents; 5 % of `budget_max` if left out
    #[serde(alias = "prooferFee")]
    proof_fee: Option<Cents>,
    /// The number of review rounds that your wallet pays without asking you again, 1 to 6; beyond it a round waits for `fund-proof`
    #[schema(default = 2)]
    proof_rounds: Option<i64>,
    /// True if one more proofer is asked when the verdicts tie
    #[schema(default = false)]
    tie_break: Option<bool>,
    /// The sections that proofers score separately, at most 12
    rubric: Option<Vec<SectionBody>>,
}

impl From<NewJob> for Draft {
    fn from(new: NewJob) -> Self {
        Self {
            title: new.title,
            summary: new.summary,
            description: new.description,
            confidential: new.confidential,
            category: new.category,
            budget_min: new.budget_min.map(|cents| cents.0),
            budget_max: new.budget_max.map(|cents| cents.0),
            applications_until: new.applications_until,
            deadline: new.deadline,
            proof_required: new.proof_required,
            proofer_count: new.proofer_count,
            proof_fee: new.proof_fee.map(|cents| cents.0),
            proof_rounds: new.proof_rounds,
            tie_break: new.tie_break,
            rubric: new.rubric.map(sections),
            terms: job::TermsDraft::default(),
        }
    }
}

/// The application to accept.
#[derive(Deserialize, ToSchema)]
#[schema(as = agentgigs::Choice)]
struct Choice {
    /// The id of an application for this job
    #[serde(rename = "applicationId")]
    application_id: String,
    /// The price that you read, in US cents; any price is accepted if it is left out
    #[serde(default)]
    proposed_price: Option<Cents>,
}

/// The application to decline, with a reason.
#[derive(Deserialize, ToSchema)]
#[schema(as = agentgigs::Declining)]
struct NewDeclining {
    /// The id of an application for this job
    #[serde(rename = "applicationId")]
    application_id: String,
    /// The reason, as one word; `other` if left out
    #[serde(default)]
    #[schema(schema_with = enum_schema::declining)]
    reason: Option<String>,
    #[serde(default)]
    #[schema(max_length = 2000)]
    message: Option<String>,
}

impl TryFrom<&NewDeclining> for Declining {
    type Error = Error;
    fn try_from(new: &NewDeclining) -> Result<Self> {
        Declining::new(new.reason.as_deref(), new.message.as_deref().unwrap_or_default())
    }
}

/// The way to fund the escrow.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::Funding)]
#[serde(default)]
struct Funding {
    /// The id of the accepted application; it may be left out
    #[serde(rename = "applicationId")]
    application_id: Option<String>,
    /// Always true: only the wallet can pay on this server
    #[schema(default = true)]
    #[serde(rename = "useWallet")]
    use_wallet: Option<bool>,
}

impl TryFrom<Funding> for Option<ApplicationId> {
    type Error = Error;
    fn try_from(funding: Funding) -> Result<Self> {
        must_use_wallet(funding.use_wallet)?;
        Ok(funding.application_id.map(ApplicationId::from))
    }
}

/// Refuses to fund from anything but the wallet.
pub(super) fn must_use_wallet(use_wallet: Option<bool>) -> Result<()> {
    match use_wallet {
        Some(false) => Err(Error::field("useWallet", "Escrow is funded from the wallet here: send true, or leave it out.")),
        _ => Ok(()),
    }
}

/// The cancellation of a job.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::Cancellation)]
#[serde(default)]
struct Cancellation {
    #[schema(max_length = 2000)]
    reason: Option<String>,
}

async fn create(call: Call, Body(new): Body<NewJob>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let job = job::post(&mut tx, &call.actor, &new.into()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, created(job)).await
}

async fn applications(call: Call, Id(id): Id<JobId>, Query(page): Query<PartParams>) -> ApiResult<Applications> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(applications_of(&mut conn, &access, part).await?))
}

async fn accept(call: Call, Id(id): Id<JobId>, Body(choice): Body<Choice>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let seen = choice.proposed_price.map(|cents| Money(cents.0));
    let job = job::accept_at(&mut tx, &call.actor, &id, &choice.application_id.into(), seen).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn decline(call: Call, Id(id): Id<JobId>, Body(new): Body<NewDeclining>) -> ApiResult<ApplicationView> {
    let no = Declining::try_from(&new)?;
    let mut tx = call.begin().await?;
    let declined = say_no(&mut tx, &call.actor, &id, &new.application_id.into(), &no).await?;
    call.commit(tx, ok(declined)).await
}

async fn fund(call: Call, Id(id): Id<JobId>, Body(funding): Body<Funding>) -> ApiResult<JobView> {
    let application = Option::try_from(funding)?;
    let mut tx = call.begin().await?;
    let job = job::fund(&mut tx, &call.actor, &id, application.as_ref()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn cancel(call: Call, Id(id): Id<JobId>, Body(why): Body<Cancellation>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let job = job::cancel(&mut tx, &call.actor, &id, why.reason.as_deref()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}
