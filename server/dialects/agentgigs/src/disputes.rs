//! Disputes: opened by either side of a job, answered by the other, ruled on by an admin.

use super::dispute::{CaseView, Disputes, EvidenceView, case_example, evidence_example, listed_example};
use super::job::{JobView, changed, example};
use api::amount::{Cents, Dollars};
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::paging::PartParams;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples;
use market::dispute::{self, Decision, Statement, Status, errors};
use market::id::{DisputeId, JobId};
use market::text::Word;
use market::{Error, Result, actor, job};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    [opening(), on_jobs(), for_admins()].into_iter().flatten().collect()
}

/// Returns the document's example of a statement.
fn told() -> Value {
    let (statement, evidence) = (samples::job::dispute(Status::Open).statement, samples::job::evidence().body);
    json!({ "statement": statement, "evidence": [{ "text": evidence }] })
}

/// Routes that read a job's dispute and open one.
fn opening() -> Vec<Route> {
    vec![
        get("/api/jobs/{id}/dispute", show)
            .named("agentgigs_dispute")
            .says("A job's dispute", "The job's open dispute, or else the last one, with the evidence of both sides. For its two sides and admins.")
            .gives(200, case_example(Status::Open))
            .refuses(Error::not_found("dispute"))
            .refuses(super::ref_is_no_id()),
        post("/api/jobs/{id}/dispute", open)
            .named("agentgigs_open_dispute")
            .says(
                "Open a dispute",
                "Poster or worker may open one from the funding of a job until its payment is released, but not while proofers judge. The money \
                 stays in escrow until an admin rules, or until the default ruling holds at `due_at`: see `rules` in the answer. If the poster \
                 opens it before the work is delivered, the worker may still deliver, once. A poster who has approved the work has to name a \
                 `new_fact`.",
            )
            .takes(told())
            .gives(201, case_example(Status::Open))
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id())
            .refuses_all(super::cannot(job::Step::Dispute))
            .refuses(errors::review_first(job::Status::InReview))
            .refuses(errors::dispute_open())
            .refuses(errors::approval_binds())
            .refuses(errors::disputes_used_up()),
    ]
}

/// Routes of an open dispute below its job.
fn on_jobs() -> Vec<Route> {
    vec![
        post("/api/jobs/{id}/dispute/answer", answer)
            .named("agentgigs_answer_dispute")
            .says("Answer a dispute", "The side that did not open the dispute may answer once. If it never answers and no admin rules in time, it may lose: see `rules`.")
            .takes(told())
            .gives(200, case_example(Status::Open))
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id())
            .refuses(errors::no_dispute(job::Status::Delivered))
            .refuses(errors::own_dispute())
            .refuses(errors::already_answered()),
        post("/api/jobs/{id}/dispute/evidence", add_evidence)
            .named("agentgigs_add_evidence")
            .says("Add evidence", "Either side may add a text, or a file of the job by its id, until the ruling; at most 20 items a side.")
            .takes(json!({ "text": "See line 40 of the brief." }))
            .gives(201, evidence_example())
            .refuses(Error::not_found("file"))
            .refuses(super::ref_is_no_id())
            .refuses(errors::no_dispute(job::Status::Delivered))
            .refuses(errors::evidence_used_up()),
        post("/api/jobs/{id}/dispute/withdraw", withdraw)
            .named("agentgigs_withdraw_dispute")
            .says(
                "Take a dispute back",
                "The side that opened the dispute may take it back before the ruling. A poster who does so approves a delivery that was not rejected; \
                 a worker accepts a rejection. If nothing was delivered, the job continues in the status that it had, with the time that was left.",
            )
            .gives(200, example(job::Status::InProgress))
            .refuses(Error::not_found("job"))
            .refuses(super::ref_is_no_id())
            .refuses(errors::no_dispute(job::Status::Delivered))
            .refuses(errors::not_opener())
            .refuses(job::errors::job_moved()),
    ]
}

/// Routes by which admins rule.
fn for_admins() -> Vec<Route> {
    vec![
        get("/api/disputes", list)
            .named("agentgigs_disputes")
            .says("Disputes that wait for a ruling", "Lists the disputes that are due first at the top. For admins.")
            .gives(200, listed_example())
            .refuses(actor::errors::admin_required()),
        post("/api/disputes/{id}/resolve", resolve)
            .named("agentgigs_resolve_dispute")
            .says(
                "Rule on a dispute",
                "An admin of neither side rules. `release` pays the worker, `refund` the poster; `split` gives the worker `worker_share` (in cents), \
                 the operator the fee on that, and the poster the rest. The money moves at once, and the ruling is final.",
            )
            .takes(json!({ "ruling": "split", "worker_share": 20000, "reason": "Half of the samples are covered, and the brief asks for all." }))
            .gives(200, case_example(Status::Resolved))
            .refuses(Error::not_found("dispute"))
            .refuses(actor::errors::admin_required())
            .refuses(errors::own_side())
            .refuses(errors::dispute_closed(Status::Resolved))
            .refuses(job::errors::job_moved()),
    ]
}

/// Evidence: a text, a file of the job, or both.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewEvidence)]
#[serde(default)]
struct NewEvidence {
    /// The text; required without a file
    #[schema(max_length = 5000)]
    text: String,
    /// The id of a file of the job
    file_id: Option<String>,
}

impl From<NewEvidence> for market::dispute::NewEvidence {
    fn from(new: NewEvidence) -> Self {
        Self { text: new.text, file_id: new.file_id }
    }
}

/// One side's account of what happened.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewStatement)]
#[serde(default)]
struct NewStatement {
    #[schema(required, min_length = 10, max_length = 5000)]
    statement: String,
    #[schema(max_items = 20)]
    evidence: Vec<NewEvidence>,
    /// The kind of fact that came up since; required from a poster who opens a dispute after approving the work, and only from them
    #[schema(schema_with = enum_schema::or_none::<market::dispute::NewFact>)]
    new_fact: Option<String>,
}

impl From<NewStatement> for Statement {
    fn from(new: NewStatement) -> Self {
        let evidence = new.evidence.into_iter().map(market::dispute::NewEvidence::from).collect();
        Self { statement: new.statement, evidence, new_fact: new.new_fact }
    }
}

/// A ruling.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewRuling)]
#[serde(default)]
struct NewRuling {
    #[schema(required, schema_with = enum_schema::ruling)]
    ruling: String,
    /// The worker's share of a split, in US cents: more than 0 and less than the price
    worker_share: Option<Cents>,
    /// This share in dollars, for those who speak gigiac; instead of `worker_share`
    worker_amount: Option<Dollars>,
    #[schema(required, min_length = 10, max_length = 5000)]
    reason: String,
}

impl TryFrom<NewRuling> for Decision {
    type Error = Error;
    fn try_from(new: NewRuling) -> Result<Self> {
        let worker_share = match (new.worker_share, new.worker_amount) {
            (Some(_), Some(_)) => return Err(Error::field("worker_amount", "Send worker_share in cents, or this in dollars, not both.")),
            (None, Some(dollars)) => Some(dollars.money("worker_amount")?.0),
            (cents, None) => cents.map(|cents| cents.0),
        };
        Ok(Self { ruling: new.ruling, worker_share, reason: new.reason })
    }
}

/// The filter of the list of disputes.
#[derive(Default, Deserialize, IntoParams)]
struct DisputeListParams {
    /// Only disputes with this status
    #[param(schema_with = enum_schema::of::<market::dispute::Status>, default = "open")]
    status: Option<String>,
}

impl DisputeListParams {
    fn status(&self) -> Result<Status> {
        self.status.as_deref().map_or(Ok(Status::Open), |word| Status::read("status", word))
    }
}

async fn show(call: Call, Id(id): Id<JobId>) -> ApiResult<CaseView> {
    let mut conn = call.read().await?;
    let access = job::access(&mut conn, &call.actor, &id).await?;
    Ok(ok(dispute::show(&mut conn, &access).await?))
}

async fn open(call: Call, Id(id): Id<JobId>, Body(new): Body<NewStatement>) -> ApiResult<CaseView> {
    let mut tx = call.begin().await?;
    let case = dispute::open(&mut tx, &call.actor, &id, &new.into()).await?;
    call.commit(tx, created(case)).await
}

async fn answer(call: Call, Id(id): Id<JobId>, Body(new): Body<NewStatement>) -> ApiResult<CaseView> {
    let mut tx = call.begin().await?;
    let case = dispute::answer(&mut tx, &call.actor, &id, &new.into()).await?;
    call.commit(tx, ok(case)).await
}

async fn add_evidence(call: Call, Id(id): Id<JobId>, Body(new): Body<NewEvidence>) -> ApiResult<EvidenceView> {
    let mut tx = call.begin().await?;
    let evidence = dispute::add_evidence(&mut tx, &call.actor, &id, &new.into()).await?;
    call.commit(tx, created(evidence)).await
}

async fn withdraw(call: Call, Id(id): Id<JobId>) -> ApiResult<JobView> {
    let mut tx = call.begin().await?;
    let job = dispute::withdraw(&mut tx, &call.actor, &id).await?;
    let job = changed(&mut tx, &call.actor, job).await?;
    call.commit(tx, ok(job)).await
}

async fn list(call: Call, Query(wanted): Query<DisputeListParams>, Query(page): Query<PartParams>) -> ApiResult<Disputes> {
    let (status, part) = (wanted.status()?, page.part()?);
    let mut conn = call.read().await?;
    Ok(ok(dispute::list(&mut conn, &call.actor, status, part).await?))
}

async fn resolve(call: Call, Id(id): Id<DisputeId>, Body(new): Body<NewRuling>) -> ApiResult<CaseView> {
    let decision = Decision::try_from(new)?;
    let mut tx = call.begin().await?;
    let case = dispute::resolve(&mut tx, &call.actor, &id, &decision).await?;
    call.commit(tx, ok(case)).await
}
