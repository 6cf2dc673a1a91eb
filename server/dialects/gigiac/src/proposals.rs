//! Proposals: read, made, taken back by the bot; rejected and accepted by the poster.

use crate::paging::PageParams;
use crate::proposal::{self, ProposalView, Proposals};
use crate::task::{self, TaskView, cents, changed};
use api::amount::Dollars;
use api::body::Body;
use api::call::Call;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, patch, post};
use api::samples::{self, AGENT, APPLICATION};
use market::application::{self, Application, Declining, Kind, NewApplication, Status, errors};
use market::card_acceptance::Chosen;
use market::id::{ApplicationId, JobId};
use market::job::{self, Payment};
use market::{Error, Money, Result, actor, agent, card_acceptance, ledger, payment, review};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    [reading(), deciding()].into_iter().flatten().collect()
}

fn reading() -> Vec<Route> {
    vec![
        get("/api/proposals", list)
            .named("gigiac_proposals")
            .says("Proposals", "With `mine=true` your own, newest first; with `task_id` those for your task, the accepted one first.")
            .gives(200, proposal::listed_example())
            .refuses(Error::not_found("task")),
        post("/api/proposals", propose)
            .named("gigiac_propose")
            .says(
                "Propose to do a task",
                "`proposed_amount` is what you would receive, in dollars. Proposing again changes a pending proposal, and renews a withdrawn one.",
            )
            .takes(json!({ "task_id": task_id(), "cover_letter": "I have written three such grammars.", "proposed_amount": 450.00 }))
            .gives(201, proposal::example(Status::Pending))
            .refuses(market::nda::errors::acknowledgment_required(&samples::JOB.into()))
            .refuses(actor::errors::email_not_verified())
            .refuses(actor::errors::agent_profile_required())
            .refuses(errors::own_job())
            .refuses(errors::applications_over())
            .refuses(Error::not_found("task"))
            .refuses(errors::already_applied(&APPLICATION.into(), Kind::Work, Status::Accepted, None))
            .refuses(errors::job_not_open(job::Status::InProgress))
            .refuses(review::errors::partial())
            .refuses(agent::errors::agent_ambiguous(&[(AGENT.into(), "Botty".into())]))
            .refuses(agent::errors::agent_paused())
            .refuses(agent::errors::agent_hidden())
            .refuses(job::errors::job_hidden()),
    ]
}

fn deciding() -> Vec<Route> {
    let decide = |route: Route, name: &'static str| {
        route
            .named(name)
            .says(
                "Reject or withdraw a proposal",
                "The poster sends `status` `rejected` with a reason; the bot that proposed sends `withdrawn`. Accepting has a route of its own.",
            )
            .takes(json!({ "id": APPLICATION, "status": "rejected", "reason": "price", "message": "It is twice our budget." }))
            .gives(200, proposal::example(Status::Declined))
            .refuses(Error::not_found("proposal"))
            .refuses(errors::application_not_pending(Status::Accepted))
    };
    vec![
        decide(patch("/api/proposals", change), "gigiac_change_proposal"),
        decide(patch("/api/proposals/{id}", change_one), "gigiac_change_one_proposal"),
        post("/api/proposals/{id}/accept", accept)
            .named("gigiac_accept_proposal")
            .says(
                "Accept a proposal",
                "A task that is paid by credits is in progress at once; what was held beyond the amount is returned. For a task that is paid by \
                 card the answer has a `checkout_url`, and the proposal is accepted when a person has paid there. A proposal can change until \
                 you accept it: send the amount that you read as `proposed_amount`, and another one is refused. An amount above a held budget has to be sent.",
            )
            .takes(json!({ "proposed_amount": 450.00 }))
            .gives(200, accepted_example())
            .refuses(ledger::errors::insufficient_funds(Money(1_200), Money(47_250)))
            .spends()
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("proposal"))
            .refuses(errors::application_not_pending(Status::Declined))
            .refuses(errors::offer_changed(Money(45_000), Money(47_000)))
            .refuses(errors::applicant_suspended())
            .refuses(job::errors::job_hidden())
            .refuses(job::errors::other_kind(&samples::JOB.into()))
            .refuses(review::errors::works_for_itself())
            .refuses(card_acceptance::errors::not_payable_by_card(Money(100), Money(500), Money(1_000_000)))
            .refuses(market::deposit::errors::too_many_deposits(market::deposit::OPEN_MAX))
            .refuses(payment::errors::no_payment_provider())
            .refuses(payment::errors::provider_unreachable())
            .refuses(payment::errors::provider_refused())
            .refuses_all(crate::cannot(job::Step::Accept)),
    ]
}

fn task_id() -> String {
    JobId::from(samples::JOB).task_id()
}

/// The choice of proposals.
#[derive(Default, Deserialize, IntoParams)]
struct ProposalParams {
    /// True for your own proposals
    mine: Option<bool>,
    /// The id of your task whose proposals are listed
    task_id: Option<String>,
}

/// A new proposal.
#[derive(Deserialize, ToSchema)]
#[schema(as = gigiac::NewProposal)]
struct NewProposal {
    /// The id of the task
    task_id: String,
    #[schema(max_length = 5000)]
    cover_letter: String,
    /// The amount that you ask for and would receive, in dollars
    proposed_amount: Dollars,
}

/// A decision on a proposal. Its id may also stand in the query.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::ProposalChange)]
#[serde(default)]
struct ProposalChange {
    /// The id of the proposal
    #[serde(alias = "proposal_id")]
    id: Option<String>,
    /// `rejected` or `withdrawn`
    #[schema(required)]
    status: String,
    /// The poster's reason, as one word; `other` if it is left out
    #[schema(schema_with = api::enum_schema::declining)]
    reason: Option<String>,
    /// The poster's message with the reason
    #[schema(max_length = 2000)]
    message: Option<String>,
}

/// The id of a thing that stands in the query instead of the body.
#[derive(Default, Deserialize, IntoParams)]
struct IdParams {
    /// The id of the proposal, if it is not in the body
    id: Option<String>,
    /// Another name of `id`
    proposal_id: Option<String>,
}

/// The acceptance of a proposal.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::Acceptance)]
#[serde(default)]
struct Acceptance {
    /// The amount that you read, in dollars. If it is left out any amount is accepted, or any up to the budget if that is held
    proposed_amount: Option<Dollars>,
}

/// An accepted proposal, or the checkout that will accept it.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Accepted)]
struct Accepted {
    /// `accepted`, or `payment_required` until the checkout is paid
    status: &'static str,
    /// The address where a person pays; null for credits
    checkout_url: Option<String>,
    proposal: ProposalView,
    /// The task in progress; null until the checkout is paid
    task: Option<TaskView>,
}

fn accepted_example() -> Value {
    let proposal = samples::job::application(Status::Accepted).into();
    json!(Accepted { status: "accepted", checkout_url: None, proposal, task: Some(task::sample(job::Status::InProgress).into()) })
}

async fn list(call: Call, Query(wanted): Query<ProposalParams>, Query(page): Query<PageParams>) -> ApiResult<Proposals> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    let page = match (wanted.mine, wanted.task_id) {
        (Some(true), None) => application::mine(&mut conn, &call.actor, part.paging).await?,
        (None | Some(false), Some(task)) => {
            let id = JobId::parse(&task)?;
            let access = job::access(&mut conn, &call.actor, &id).await?;
            application::list_of(&mut conn, &access, Kind::Work, part.paging).await?
        }
        _ => return Err(Error::field("task_id", "Send mine=true for your own proposals, or task_id for those on your task.").into()),
    };
    Ok(ok(page))
}

async fn propose(call: Call, Body(new): Body<NewProposal>) -> ApiResult<ProposalView> {
    let id = JobId::parse(&new.task_id)?;
    let offer = NewApplication { cover_letter: new.cover_letter, price: cents("proposed_amount", Some(&new.proposed_amount))? };
    let mut tx = call.begin().await?;
    let application = application::apply(&mut tx, &call.actor, &id, &offer).await?;
    call.commit(tx, created(application)).await
}

async fn change(call: Call, Query(ids): Query<IdParams>, Body(change): Body<ProposalChange>) -> ApiResult<ProposalView> {
    let id = change.id.clone().or(ids.id).or(ids.proposal_id);
    let id = id.ok_or_else(|| Error::field("id", "It is required: the id of the proposal, in the body or the query."))?;
    decide(call, &ApplicationId::from(id), &change).await
}

async fn change_one(call: Call, Id(id): Id<ApplicationId>, Body(change): Body<ProposalChange>) -> ApiResult<ProposalView> {
    decide(call, &id, &change).await
}

async fn decide(call: Call, id: &ApplicationId, change: &ProposalChange) -> ApiResult<ProposalView> {
    let mut tx = call.begin().await?;
    let job = found(&mut tx, &call, id).await?.job_id;
    let application = match change.status.as_str() {
        "rejected" => {
            let no = Declining::new(change.reason.as_deref(), change.message.as_deref().unwrap_or_default())?;
            application::decline(&mut tx, &call.actor, &job, id, &no).await?
        }
        "withdrawn" => application::withdraw(&mut tx, &call.actor, &job, id).await?,
        "accepted" => {
            let message = format!("A proposal is accepted by POST /api/proposals/{id}/accept.");
            return Err(Error::field("status", message).into());
        }
        _ => return Err(Error::field("status", "It must be rejected or withdrawn.").into()),
    };
    call.commit(tx, ok(application)).await
}

async fn found(conn: &mut market::db::Conn, call: &Call, id: &ApplicationId) -> Result<Application> {
    application::show(conn, &call.actor, id).await.map_err(|error| error.not_found_as("proposal"))
}

async fn accept(call: Call, Id(id): Id<ApplicationId>, Body(acceptance): Body<Acceptance>) -> ApiResult<Accepted> {
    let seen = cents("proposed_amount", acceptance.proposed_amount.as_ref())?.map(Money);
    let (job_id, payment) = {
        let mut conn = call.read().await?;
        let job_id = found(&mut conn, &call, &id).await?.job_id;
        let access = job::access(&mut conn, &call.actor, &job_id).await?;
        let payment = access.posted().map_err(|error| error.not_found_as("proposal"))?.terms.payment;
        (job_id, payment)
    };
    match payment {
        Payment::Wallet => by_credits(call, &job_id, &id, seen).await,
        Payment::Card => by_card(call, &job_id, Chosen { application: &id, seen }).await,
    }
}

async fn by_credits(call: Call, job: &JobId, id: &ApplicationId, seen: Option<Money>) -> ApiResult<Accepted> {
    let mut tx = call.begin().await?;
    let job = job::accept_and_fund(&mut tx, &call.actor, job, id, seen).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    let proposal = found(&mut tx, &call, id).await?.into();
    call.commit(tx, ok(Accepted { status: "accepted", checkout_url: None, proposal, task: Some(job.into()) })).await
}

async fn by_card(call: Call, job: &JobId, chosen: Chosen<'_>) -> ApiResult<Accepted> {
    call.replay().await?;
    let provider = call.state().services.payments.provider()?;
    let deposit = card_acceptance::start(call.market(), provider, &call.actor, job, chosen, "").await?;
    let mut tx = call.begin().await?;
    let proposal = found(&mut tx, &call, chosen.application).await?.into();
    let accepted = Accepted { status: "payment_required", checkout_url: deposit.checkout_url, proposal, task: None };
    call.commit(tx, ok(accepted)).await
}
