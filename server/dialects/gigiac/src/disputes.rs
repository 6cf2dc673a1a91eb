//! Disputes by their own id: read, and answered by the other side. Amounts in dollars. Admins rule by `POST /api/disputes/{id}/resolve`,
//! which takes both dialects' amounts.

use api::amount::Dollars;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::path::Id;
use api::response::{ApiResult, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::dispute::{self, Case, Evidence, Judge, NewEvidence, NewFact, RULES, Statement, Status, errors};
use market::id::DisputeId;
use market::{Error, job};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/disputes/{id}", show)
            .named("gigiac_dispute")
            .says("A dispute", "The dispute with the evidence of both sides. For its two sides and admins.")
            .gives(200, example(Status::Open))
            .refuses(Error::not_found("dispute")),
        post("/api/disputes/{id}/answer", answer)
            .named("gigiac_answer_dispute")
            .says(
                "Answer a dispute",
                "The side that did not open the dispute may answer once. Without an answer and a ruling it may lose: see `rules`.",
            )
            .takes(json!({ "statement": "All samples of the brief are covered." }))
            .gives(200, example(Status::Open))
            .refuses(Error::not_found("dispute"))
            .refuses(errors::no_dispute(job::Status::Delivered))
            .refuses(errors::own_dispute())
            .refuses(errors::already_answered()),
    ]
}

/// One side's account of what happened.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::NewStatement)]
#[serde(default)]
pub(super) struct NewStatement {
    #[schema(required, min_length = 10, max_length = 5000)]
    statement: String,
    /// Texts that show it, at most 20
    #[schema(max_items = 20)]
    evidence: Vec<String>,
    /// The kind of fact that came up since; required from a poster who contests accepted work, and only from them
    #[schema(schema_with = enum_schema::or_none::<market::dispute::NewFact>)]
    new_fact: Option<String>,
}

impl From<NewStatement> for Statement {
    fn from(new: NewStatement) -> Self {
        let evidence = new.evidence.into_iter().map(|text| NewEvidence { text, file_id: None }).collect();
        Self { statement: new.statement, evidence, new_fact: new.new_fact }
    }
}

/// A dispute as its viewer sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Dispute)]
pub(super) struct DisputeView {
    id: String,
    task_id: String,
    task_title: String,
    #[schema(schema_with = enum_schema::of::<market::party::Party>)]
    opened_by: &'static str,
    #[schema(schema_with = enum_schema::of::<market::dispute::Status>)]
    status: &'static str,
    /// The agreed amount, which a split divides, in dollars
    amount: Dollars,
    statement: String,
    /// The other side's answer; null until it answers
    answer: Option<String>,
    /// The kind of fact that came up after the poster had accepted the work; null in other disputes
    #[schema(schema_with = enum_schema::or_none::<market::dispute::NewFact>)]
    new_fact: Option<&'static str>,
    /// The evidence of both sides, oldest first
    evidence: Vec<EvidenceView>,
    /// The time at which the default ruling holds, unless an admin rules before
    due_at: Stamp,
    /// The ruling: `release`, `refund` or `split`; null until there is one
    ruling: Option<&'static str>,
    /// The worker's share of a split, in dollars
    worker_amount: Option<Dollars>,
    /// The reason that came with the ruling
    reason: Option<String>,
    /// The author of the ruling: `admin`, or `timer` for the default ruling
    ruled_by: Option<&'static str>,
    may_answer: bool,
    may_resolve: bool,
    /// The rules by which a dispute is decided, in plain words
    rules: &'static str,
    created_at: Stamp,
    closed_at: Option<Stamp>,
}

/// Evidence that one side showed.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Evidence)]
struct EvidenceView {
    #[schema(schema_with = enum_schema::of::<market::party::Party>)]
    by: &'static str,
    text: String,
    created_at: Stamp,
}

impl From<Evidence> for EvidenceView {
    fn from(shown: Evidence) -> Self {
        Self { by: shown.side.as_str(), text: shown.body, created_at: shown.created_at.into() }
    }
}

impl From<Case> for DisputeView {
    fn from(case: Case) -> Self {
        let (may_answer, may_resolve, dispute) = (case.may_answer, case.may_rule, case.dispute);
        let ruling = dispute.ruling;
        Self {
            id: dispute.id.0,
            task_id: dispute.job_id.task_id(),
            task_title: dispute.job_title,
            opened_by: dispute.side.as_str(),
            status: dispute.status.as_str(),
            amount: dispute.price.into(),
            statement: dispute.statement,
            answer: dispute.answer,
            new_fact: dispute.new_fact.map(NewFact::as_str),
            evidence: case.evidence.into_iter().map(EvidenceView::from).collect(),
            due_at: dispute.due_at.into(),
            ruling: ruling.as_ref().map(|ruling| ruling.word()),
            worker_amount: ruling.as_ref().and_then(|ruling| ruling.worker_share()).map(Dollars::from),
            reason: dispute.reason,
            ruled_by: dispute.ruled_by.map(Judge::as_str),
            may_answer,
            may_resolve,
            rules: RULES,
            created_at: dispute.created_at.into(),
            closed_at: dispute.closed_at.map(Stamp::from),
        }
    }
}

/// Returns the document's example of a dispute.
pub(super) fn example(status: Status) -> Value {
    shown::<DisputeView>(samples::job::case(status))
}

async fn show(call: Call, Id(id): Id<DisputeId>) -> ApiResult<DisputeView> {
    let mut conn = call.read().await?;
    Ok(ok(dispute::show_one(&mut conn, &call.actor, &id).await?))
}

async fn answer(call: Call, Id(id): Id<DisputeId>, Body(new): Body<NewStatement>) -> ApiResult<DisputeView> {
    let mut tx = call.begin().await?;
    let job = dispute::find_job(&mut tx, &call.actor, &id).await?;
    let case = dispute::answer(&mut tx, &call.actor, &job, &new.into()).await?;
    call.commit(tx, ok(case)).await
}
