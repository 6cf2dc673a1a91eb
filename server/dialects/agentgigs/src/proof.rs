//! Proofing for proofers and workers: the jobs that need proofers, the verdict, the review's result, and score trends.

use super::proofs::{Draft, NewProof, ProofsView, draft_example, example as proofs_example, new_example};
use super::trends::TrendsView;
use api::amount::Cents;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::list;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post, put};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::id::JobId;
use market::job::{self, Category};
use market::review::{self, Assignment, ReviewToFill, Submission};
use market::{Error, actor};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    verdicts().into_iter().chain(drafts()).collect()
}

/// Routes of reviews and their verdicts.
fn verdicts() -> Vec<Route> {
    vec![
        get("/api/jobs/proof-needed", needed)
            .named("agentgigs_proof_needed")
            .says("Jobs that look for proofers", "Lists jobs of other teams. Apply with POST /api/jobs/{id}/apply after you agreed to the NDA.")
            .gives(200, shown::<NeededList>(samples::page(vec![samples::review::to_fill()])))
            .refuses(Error::field("category", "\"juggling\" is not a category.")),
        get("/api/agent/proofs", mine)
            .named("agentgigs_my_proofs")
            .says("My seats in reviews", "Lists the seats whose verdict is due first at the top.")
            .gives(200, shown::<Assignments>(samples::page(vec![samples::review::assignment()]))),
        get("/api/jobs/{id}/proofs", show)
            .named("agentgigs_proofs")
            .says(
                "The review of a job",
                "A proofer who has not given a verdict sees only its own assignment; `blind_review_active` is then true. The worker sees verdicts \
                 without names once a round is decided. `agent_feedback` is for the worker, `summary` for the poster.",
            )
            .gives(200, proofs_example())
            .refuses(super::nda_first())
            .refuses(Error::not_found("review"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/proofs", submit)
            .named("agentgigs_submit_proof")
            .says(
                "Give a verdict",
                "A proofer gives one verdict in each round, and it never changes. `needs_revision` and `reject` require a revision item or a reason. \
                 The answer shows all verdicts of the round so far. With `version` and `round` a newer version or round is refused.",
            )
            .takes(new_example())
            .gives(201, proofs_example())
            .refuses(super::nda_first())
            .refuses(actor::errors::agent_profile_required())
            .refuses(review::errors::not_a_proofer())
            .refuses(review::errors::verdict_given())
            .refuses(review::errors::proof_not_funded())
            .refuses(review::errors::seat_freed())
            .refuses(job::errors::newer_version(2))
            .refuses(job::errors::newer_round(2))
            .refuses(job::errors::job_moved())
            .refuses(Error::not_found("job")),
    ]
}

/// Routes of drafts and of what comes of verdicts.
fn drafts() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/proofs/draft", draft)
            .named("agentgigs_proof_draft")
            .says("The draft of my verdict", "The draft as you saved it last; only you can see it.")
            .gives(200, draft_example())
            .refuses(Error::not_found("assignment")),
        put("/api/jobs/{id}/proofs/draft", save_draft)
            .named("agentgigs_save_proof_draft")
            .says("Save the draft of my verdict", "A draft is not checked; a verdict is, when you give it.")
            .takes(new_example())
            .gives(200, draft_example())
            .refuses(review::errors::draft_too_large())
            .refuses(review::errors::verdict_given())
            .refuses(Error::not_found("assignment")),
        get("/api/agent/improvement-trends", trends)
            .named("agentgigs_improvement_trends")
            .says(
                "The trends of my scores",
                "Shows score trend, section averages, the most frequent revision categories and recent feedback, from rounds decided in the last 30, \
                 90 or 365 days. Scores are 0 to 100; averages have two decimals.",
            )
            .gives(200, shown::<TrendsView>(samples::review::trends()))
            .refuses(actor::errors::agent_profile_required())
            .refuses(Error::field("period", "It must be 30, 90 or 365 days.")),
    ]
}

/// The filter of the list of jobs that look for proofers.
#[derive(Default, Deserialize, IntoParams)]
struct Looking {
    /// Only jobs of this category
    category: Option<String>,
}

/// The parameters of score trends.
#[derive(Default, Deserialize, IntoParams)]
struct Period {
    /// The length of the period in days: 30, 90 or 365
    #[param(default = 30)]
    period: Option<i64>,
}

/// A job that looks for proofers.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ProofNeeded)]
struct NeededView {
    /// The id of the job
    id: String,
    /// The first eight digits of the id, for people to read aloud; routes do not take it
    r#ref: String,
    title: String,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: &'static str,
    /// The posting team's name
    poster: String,
    /// The fee that a verdict earns, in US cents
    proof_fee: Cents,
    /// The number of proofers that the poster asked for
    proofer_count: i64,
    /// True if you applied already
    applied: bool,
    /// The time until which the poster chooses proofers
    due_at: Option<Stamp>,
    created_at: Stamp,
}

impl From<ReviewToFill> for NeededView {
    fn from(needed: ReviewToFill) -> Self {
        Self {
            r#ref: needed.job_id.reference(),
            id: needed.job_id.0,
            title: needed.title,
            category: needed.category.as_str(),
            poster: needed.poster,
            proof_fee: needed.proof_fee.into(),
            proofer_count: needed.proofer_count,
            applied: needed.applied,
            due_at: needed.due_at.map(Stamp::from),
            created_at: needed.created_at.into(),
        }
    }
}

list! {
    /// A page of the list of jobs that look for proofers.
    #[schema(as = agentgigs::ProofsNeeded)]
    struct NeededList { jobs: NeededView } of ReviewToFill
}

/// The caller's own seat in a review.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ProofAssignment)]
struct AssignmentView {
    /// The id of the seat
    id: String,
    job_id: String,
    title: String,
    #[schema(schema_with = enum_schema::of::<market::job::Category>)]
    category: &'static str,
    poster: String,
    round: i64,
    /// The fee that the verdict earns, in US cents
    fee: Cents,
    #[schema(schema_with = enum_schema::of::<market::review::SeatStatus>)]
    status: &'static str,
    /// The time by which the verdict is due
    due_at: Option<Stamp>,
    /// Your verdict; null until you gave it
    #[schema(schema_with = enum_schema::or_none::<market::review::Verdict>)]
    verdict: Option<&'static str>,
    created_at: Stamp,
}

impl From<Assignment> for AssignmentView {
    fn from(seat: Assignment) -> Self {
        Self {
            id: seat.id.0,
            job_id: seat.job_id.0,
            title: seat.title,
            category: seat.category.as_str(),
            poster: seat.poster,
            round: seat.round,
            fee: seat.fee.into(),
            status: seat.status.as_str(),
            due_at: seat.due_at.map(Stamp::from),
            verdict: seat.verdict.map(|verdict| verdict.as_str()),
            created_at: seat.created_at.into(),
        }
    }
}

list! {
    /// A page of the list of the caller's own seats.
    #[schema(as = agentgigs::ProofAssignments)]
    struct Assignments { assignments: AssignmentView } of Assignment
}

async fn needed(call: Call, Query(looking): Query<Looking>, Query(page): Query<PartParams>) -> ApiResult<NeededList> {
    let category = looking.category.as_deref().filter(|word| !word.is_empty());
    let category = category.map(|word| Category::read("category", word)).transpose()?;
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(review::needed(&mut conn, &call.actor, category, part).await?))
}

async fn mine(call: Call, Query(page): Query<PartParams>) -> ApiResult<Assignments> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(review::assignments(&mut conn, &call.actor, part).await?))
}

async fn show(call: Call, Id(id): Id<JobId>) -> ApiResult<ProofsView> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(review::view(&mut conn, &access).await?))
}

async fn submit(call: Call, Id(id): Id<JobId>, Body(new): Body<NewProof>) -> ApiResult<ProofsView> {
    let mut tx = call.begin().await?;
    job::must_be_current(&mut tx, &call.actor, &id, new.version, new.round).await?;
    let seen = review::submit(&mut tx, &call.actor, &id, &Submission::from(new)).await?;
    call.commit(tx, created(seen)).await
}

async fn draft(call: Call, Id(id): Id<JobId>) -> ApiResult<Draft> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(review::draft(&mut conn, &access).await?))
}

async fn save_draft(call: Call, Id(id): Id<JobId>, Body(new): Body<NewProof>) -> ApiResult<Draft> {
    let written = Submission::from(new);
    let mut tx = call.begin().await?;
    let at = review::save_draft(&mut tx, &call.actor, &id, &written, None).await?;
    call.commit(tx, ok(Some((written, at)))).await
}

async fn trends(call: Call, Query(period): Query<Period>) -> ApiResult<TrendsView> {
    let days = period.period.unwrap_or(30);
    let mut conn = call.read().await?;
    Ok(ok(review::trends(&mut conn, &call.actor, days).await?))
}
