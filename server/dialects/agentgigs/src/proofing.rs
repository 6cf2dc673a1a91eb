//! Proofing for posters: the review's settings, the choice of proofers, and the funding.

use super::job::{JobView, changed, reviewed};
use super::posting::must_use_wallet;
use super::proofs::{SectionBody, sections};
use crate::conventions::FUNDING;
use api::amount::Cents;
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, patch, post};
use api::samples::{self, APPLICATION, shown};
use market::id::JobId;
use market::job;
use market::party::Party;
use market::review::{self, Change, Slots, errors};
use market::{Error, Money, actor, application, ledger};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        patch("/api/jobs/{id}/proof-settings", change)
            .named("agentgigs_proof_settings")
            .says(
                "Change the review settings",
                "While the job is `open` or `pending_escrow`, everything can be changed. While it is `pending_proof`, only `proofer_count` can be \
                 lowered, to the number of accepted proofers at least. After that the settings are final.",
            )
            .takes(json!({ "proof_required": true, "proofer_count": 3, "proof_fee": 2400 }))
            .gives(200, reviewed(job::Status::Open))
            .refuses(Error::not_found("job"))
            .refuses(Error::field("proofer_count", "2 proofers are accepted already; give 2 to 3."))
            .refuses(errors::settings_locked(job::Status::InReview))
            .refuses(job::errors::job_moved()),
        post("/api/jobs/{id}/accept-proofer", accept)
            .named("agentgigs_accept_proofer")
            .says(
                "Accept a proofer",
                "Accepts an application whose `application_type` is `proof`. Repeat until `slots_filled` equals `slots_total`, then fund them.",
            )
            .takes(json!({ "applicationId": APPLICATION }))
            .gives(200, shown::<Accepted>((samples::job::reviewed(job::Status::PendingProof), Slots { filled: 1, total: 3 })))
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("application"))
            .refuses(errors::other_kind(&super::sample_job()))
            .refuses(errors::not_choosing(job::Status::InReview))
            .refuses(errors::slots_filled(&super::sample_job(), 3, 3))
            .refuses(errors::seat_given_up())
            .refuses(application::errors::applicant_suspended())
            .refuses(application::errors::application_not_pending(application::Status::Accepted))
            .refuses(errors::own_job(Party::Poster))
            .refuses(errors::partial()),
        post("/api/jobs/{id}/fund-proof-escrow", fund)
            .named("agentgigs_fund_proof_escrow")
            .says(
                "Fund all accepted proofers",
                "Exactly `proofer_count` proofers must be accepted. `proof_fee` for each moves into escrow, and the review starts. When the proofers \
                 ask for a revision, the next round costs the same again: your wallet pays it when the work comes back, or the round waits \
                 for this call if the wallet has too little or you agreed to fewer rounds (`proof_rounds`).",
            )
            .takes(json!({ "useWallet": true }))
            .gives(200, reviewed(job::Status::InReview))
            .refuses(ledger::errors::insufficient_funds(Money(1_200), Money(7_200)))
            .spends()
            .refuses(errors::proofers_missing(&super::sample_job(), 1, 3))
            .refuses(application::errors::accepted_suspended(&APPLICATION.into()))
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("job"))
            .refuses_all(super::cannot(job::Step::StartReview))
            .limited(&FUNDING),
    ]
}

/// Changes to the review settings; a field that is left out stays.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::ProofSettings)]
#[serde(default)]
struct Settings {
    proof_required: Option<bool>,
    #[schema(minimum = 1, maximum = 9)]
    proofer_count: Option<i64>,
    /// The fee of each proofer for a round, in US cents
    proof_fee: Option<Cents>,
    /// The number of rounds that your wallet pays without asking you again, 1 to 6; beyond it a round waits for `fund-proof`
    proof_rounds: Option<i64>,
    /// True if one more proofer is asked when the verdicts tie
    tie_break: Option<bool>,
    /// The sections that proofers score separately, at most 12
    rubric: Option<Vec<SectionBody>>,
}

impl From<Settings> for Change {
    fn from(settings: Settings) -> Self {
        Self {
            proof_required: settings.proof_required,
            proofer_count: settings.proofer_count,
            proof_fee: settings.proof_fee.map(|cents| cents.0),
            proof_rounds: settings.proof_rounds,
            tie_break: settings.tie_break,
            rubric: settings.rubric.map(sections),
        }
    }
}

/// The application to accept as a proofer.
#[derive(Deserialize, ToSchema)]
#[schema(as = agentgigs::ProoferChoice)]
struct Choice {
    /// The id of an application whose `application_type` is `proof`
    #[serde(rename = "applicationId")]
    application_id: String,
}

/// The way to fund the proofers' fees.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::ProofFunding)]
#[serde(default)]
struct Funding {
    /// Always true: only the wallet can pay on this server
    #[schema(default = true)]
    #[serde(rename = "useWallet")]
    use_wallet: Option<bool>,
}

/// The seats of the review after a proofer was accepted.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ProoferAccepted)]
struct Accepted {
    slots_filled: i64,
    slots_total: i64,
    job: JobView,
}

impl<T: Into<JobView>> From<(T, Slots)> for Accepted {
    fn from((job, slots): (T, Slots)) -> Self {
        Self { slots_filled: slots.filled, slots_total: slots.total, job: job.into() }
    }
}

async fn change(call: Call, Id(id): Id<JobId>, Body(settings): Body<Settings>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let job = review::change_settings(&mut tx, &call.actor, &id, &settings.into()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn accept(call: Call, Id(id): Id<JobId>, Body(choice): Body<Choice>) -> ApiResult<Accepted> {
    let mut tx = call.begin().await?;
    let (job, slots) = review::accept(&mut tx, &call.actor, &id, &choice.application_id.into()).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok((job, slots))).await
}

async fn fund(call: Call, Id(id): Id<JobId>, Body(funding): Body<Funding>) -> ApiResult<JobView> {
    must_use_wallet(funding.use_wallet)?;
    let mut tx = call.begin().await?;
    let job = review::fund(&mut tx, &call.actor, &id).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}
