//! Safety: reporting what everybody reads, one's own reports, appeals against what admins hid, and the admins' queue.

use crate::paging::PageParams;
use api::body::Body;
use api::call::Call;
use api::enum_schema;
use api::list;
use api::path::Id;
use api::query::Query;
use api::response::{ApiResult, created, ok};
use api::route::{Route, get, post};
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::error::Field;
use market::id::{CaseId, JobId};
use market::safety::{self, Case, Decision, Draft, Report, Status, SubjectKind, errors};
use market::text::Word;
use market::{Error, actor};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

pub(super) fn routes() -> Vec<Route> {
    [for_members(), for_admins()].concat()
}

fn for_members() -> Vec<Route> {
    vec![
        post("/api/safety/report", report)
            .named("gigiac_report")
            .says(
                "Report content",
                "Reports a task, a bot, a question on a task, or the comment of a rating, which you can read and do not own. An admin \
                 decides whether it is hidden, and you hear of it. Reported again by the same member, the answer is the first report.",
            )
            .takes(json!({
                "target_type": "task", "target_id": JobId::from(samples::JOB).task_id(), "reason": "spam", "details": "It sells pills."
            }))
            .gives(201, shown::<ReportView>(samples::safety::report()))
            .refuses(actor::errors::email_not_verified())
            .refuses(Error::not_found("job"))
            .refuses(errors::own_content(SubjectKind::Job))
            .refuses(errors::hidden_already(SubjectKind::Job))
            .refuses(errors::too_many_reports())
            .refuses(errors::reported_enough()),
        get("/api/safety/reports", reports)
            .named("gigiac_reports")
            .says("Your reports", "The newest come first. Nobody else sees who reported what.")
            .gives(200, shown::<Reports>(samples::page(vec![samples::safety::report()]))),
        get("/api/safety/cases", cases)
            .named("gigiac_hidden")
            .says("What admins hid of yours", "Each with the reason, and the time until which you can appeal. The newest come first.")
            .gives(200, shown::<Cases>(samples::page(vec![samples::safety::case(Status::Hidden)]))),
        post("/api/safety/cases/{id}/appeal", appeal)
            .named("gigiac_appeal")
            .says("Appeal", "Asks once, within 30 days, to show again what an admin hid. Without a decision in time it is shown again.")
            .takes(json!({ "appeal": "It is a task like others: nothing is sold." }))
            .gives(200, shown::<CaseView>(samples::safety::case(Status::Appealed)))
            .refuses(Error::not_found("case"))
            .refuses(errors::no_appeal(Status::Upheld))
            .refuses(errors::appeal_over()),
    ]
}

/// Routes by which admins decide, in person: for everybody else they are not there.
fn for_admins() -> Vec<Route> {
    vec![
        get("/api/safety/queue", queue)
            .named("gigiac_safety_queue")
            .says("Cases that wait for a decision", "The oldest come first; with `status` those of a status, the newest first. For admins.")
            .gives(200, shown::<Cases>(samples::page(vec![samples::safety::case(Status::Open)])))
            .refuses(Error::not_found("page"))
            .in_person(),
        post("/api/safety/cases/{id}/decide", decide)
            .named("gigiac_decide")
            .says(
                "Decide on a case",
                "An admin who is not of the owner's team decides: `hide` or `dismiss` a report, `uphold` the hiding after an appeal, or \
                 `restore` what is hidden, at any time. The owner and those who reported it are told.",
            )
            .takes(json!({ "decision": "hide", "reason": "It is advertising." }))
            .gives(200, shown::<CaseView>(samples::safety::case(Status::Hidden)))
            .refuses(Error::not_found("case"))
            .refuses(errors::own_case())
            .refuses(errors::case_decided(Status::Dismissed))
            .in_person(),
    ]
}

/// A report of something that should not be here.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::NewReport)]
#[serde(default)]
struct NewReport {
    /// The kind of thing: `task` or `job`, `bot` or `agent`, `question`, `rating`
    #[schema(required)]
    target_type: String,
    /// The id of the thing
    #[schema(required)]
    target_id: String,
    #[schema(required, schema_with = enum_schema::of::<market::safety::Reason>)]
    reason: String,
    /// More about it; required for `other`
    #[schema(max_length = 2000)]
    details: String,
}

impl From<NewReport> for Draft {
    fn from(new: NewReport) -> Self {
        let target_type = match new.target_type.as_str() {
            "task" => SubjectKind::Job.as_str().to_owned(),
            "bot" => SubjectKind::Agent.as_str().to_owned(),
            _ => new.target_type,
        };
        Self { target_type, target_id: new.target_id, reason: new.reason, details: new.details }
    }
}

/// Names the kinds of things by gigiac's words in an error.
fn in_our_words(error: Error) -> Error {
    let worded = |field: Field| match field.name.as_ref() {
        "target_type" => Field { message: "It must be task, bot, question or rating.".into(), ..field },
        _ => field,
    };
    if error.fields.is_empty() { error } else { Error::fields(error.fields.into_iter().map(worded).collect()) }
}

/// Returns gigiac's word for a kind of thing, and its id of the thing.
fn target(kind: SubjectKind, id: String) -> (&'static str, String) {
    match kind {
        SubjectKind::Job => ("task", JobId::from(id).task_id()),
        SubjectKind::Agent => ("bot", id),
        SubjectKind::Question | SubjectKind::Rating => (kind.as_str(), id),
    }
}

/// A report, as its author reads it.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::Report)]
struct ReportView {
    id: String,
    /// The kind of thing: `task`, `bot`, `question` or `rating`
    target_type: &'static str,
    target_id: String,
    #[schema(schema_with = enum_schema::of::<market::safety::Reason>)]
    reason: &'static str,
    details: String,
    /// The decision, once there is one
    #[schema(schema_with = enum_schema::of::<market::safety::Outcome>)]
    status: &'static str,
    created_at: Stamp,
    /// When an admin last decided
    decided_at: Option<Stamp>,
}

impl From<Report> for ReportView {
    fn from(report: Report) -> Self {
        let (target_type, target_id) = target(report.subject_kind, report.subject_id);
        Self {
            id: report.id.0,
            target_type,
            target_id,
            reason: report.reason.as_str(),
            details: report.details,
            status: report.outcome.as_str(),
            created_at: report.created_at.into(),
            decided_at: report.decided_at.map(Stamp::from),
        }
    }
}

/// A case: what was reported of one thing, and what became of it.
#[derive(Serialize, ToSchema)]
#[schema(as = gigiac::SafetyCase)]
struct CaseView {
    id: String,
    /// The kind of thing: `task`, `bot`, `question` or `rating`
    target_type: &'static str,
    target_id: String,
    /// The title of the task, or the name of the bot
    title: String,
    #[schema(schema_with = enum_schema::of::<market::safety::Status>)]
    status: &'static str,
    /// The reason of the last decision
    reason: Option<String>,
    decided_at: Option<Stamp>,
    hidden_at: Option<Stamp>,
    /// The end of the time in which the owner can appeal
    appeal_until: Option<Stamp>,
    appeal: Option<String>,
    /// When the default outcome happens: a report is dismissed, an appeal granted
    due_at: Option<Stamp>,
}

impl From<Case> for CaseView {
    fn from(case: Case) -> Self {
        let appeal_until = case.appeal_until().map(Stamp::from);
        let (target_type, target_id) = target(case.subject_kind, case.subject_id);
        Self {
            id: case.id.0,
            target_type,
            target_id,
            title: case.title,
            status: case.status.as_str(),
            reason: case.reason,
            decided_at: case.decided_at.map(Stamp::from),
            hidden_at: case.hidden_at.map(Stamp::from),
            appeal_until,
            appeal: case.appeal,
            due_at: case.due_at.map(Stamp::from),
        }
    }
}

list! {
    /// A page of a list of reports.
    #[schema(as = gigiac::Reports)]
    struct Reports { reports: ReportView } of Report
}

list! {
    /// A page of a list of cases.
    #[schema(as = gigiac::SafetyCases)]
    struct Cases { cases: CaseView } of Case
}

/// An appeal.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::NewAppeal)]
#[serde(default)]
struct NewAppeal {
    #[schema(required, min_length = 1, max_length = 2000)]
    appeal: String,
}

/// An admin's decision.
#[derive(Default, Deserialize, ToSchema)]
#[schema(as = gigiac::NewDecision)]
#[serde(default)]
struct NewDecision {
    /// `hide`, `dismiss`, `uphold` or `restore`
    #[schema(required)]
    decision: String,
    #[schema(required, min_length = 3, max_length = 500)]
    reason: String,
}

/// The filter of the queue.
#[derive(Default, Deserialize, IntoParams)]
struct QueueParams {
    /// Only cases with this status; those that wait for a decision if it is left out
    #[param(schema_with = enum_schema::of::<market::safety::Status>)]
    status: Option<String>,
}

async fn report(call: Call, Body(new): Body<NewReport>) -> ApiResult<ReportView> {
    let mut tx = call.begin().await?;
    let report = safety::report(&mut tx, &call.actor, &new.into()).await.map_err(in_our_words)?;
    call.commit(tx, created(report)).await
}

async fn reports(call: Call, Query(page): Query<PageParams>) -> ApiResult<Reports> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(safety::mine(&mut conn, &call.actor, part).await?))
}

async fn cases(call: Call, Query(page): Query<PageParams>) -> ApiResult<Cases> {
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(safety::of_team(&mut conn, &call.actor, part).await?))
}

async fn appeal(call: Call, Id(id): Id<CaseId>, Body(new): Body<NewAppeal>) -> ApiResult<CaseView> {
    let mut tx = call.begin().await?;
    let case = safety::appeal(&mut tx, &call.actor, &id, &new.appeal).await?;
    call.commit(tx, ok(case)).await
}

async fn queue(call: Call, Query(wanted): Query<QueueParams>, Query(page): Query<PageParams>) -> ApiResult<Cases> {
    let status = wanted.status.as_deref().map(|word| Status::read("status", word)).transpose()?;
    let part = page.part()?;
    let mut conn = call.read().await?;
    Ok(ok(safety::queue(&mut conn, &call.actor, status, part).await?))
}

async fn decide(call: Call, Id(id): Id<CaseId>, Body(new): Body<NewDecision>) -> ApiResult<CaseView> {
    let decision = Decision { decision: new.decision, reason: new.reason };
    let mut tx = call.begin().await?;
    let case = safety::decide(&mut tx, &call.actor, &id, &decision).await?;
    call.commit(tx, ok(case)).await
}
