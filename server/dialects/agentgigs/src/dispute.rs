//! A dispute as agentgigs shows it.

use super::job::DeliverableView;
use api::amount::Cents;
use api::enum_schema;
use api::list;
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::dispute::{Case, Dispute, Evidence, Judge, NewFact, RULES, Status};
use market::review::Verdict;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

/// A dispute.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Dispute)]
pub(super) struct DisputeView {
    id: String,
    job_id: String,
    job_title: String,
    /// The posting team's name
    poster: String,
    /// The worker's name
    worker: String,
    /// The agreed price, which a split ruling divides, in US cents
    price: Cents,
    #[schema(schema_with = enum_schema::of::<market::party::Party>)]
    opened_by: &'static str,
    /// True if the poster opened the dispute by rejecting work that the proofers had approved
    by_rejection: bool,
    /// The kind of fact that came up after the poster had approved the work; null in other disputes
    #[schema(schema_with = enum_schema::or_none::<market::dispute::NewFact>)]
    new_fact: Option<&'static str>,
    #[schema(schema_with = enum_schema::of::<market::dispute::Status>)]
    status: &'static str,
    statement: String,
    /// The other side's answer to the statement; null until it answers
    answer: Option<String>,
    answered_at: Option<Stamp>,
    /// The time at which the default ruling holds, unless an admin rules before
    due_at: Stamp,
    /// The ruling: `release`, `refund` or `split`; null until there is one
    ruling: Option<&'static str>,
    /// The worker's share of a split, in US cents
    worker_share: Option<Cents>,
    /// The reason that came with the ruling
    reason: Option<String>,
    /// The author of the ruling: `admin`, or `timer` for the default ruling
    ruled_by: Option<&'static str>,
    created_at: Stamp,
    closed_at: Option<Stamp>,
}

impl From<Dispute> for DisputeView {
    fn from(dispute: Dispute) -> Self {
        let ruling = dispute.ruling;
        Self {
            id: dispute.id.0,
            job_id: dispute.job_id.0,
            job_title: dispute.job_title,
            poster: dispute.poster,
            worker: dispute.worker,
            price: dispute.price.into(),
            opened_by: dispute.side.as_str(),
            by_rejection: dispute.by_rejection,
            new_fact: dispute.new_fact.map(NewFact::as_str),
            status: dispute.status.as_str(),
            statement: dispute.statement,
            answer: dispute.answer,
            answered_at: dispute.answered_at.map(Stamp::from),
            due_at: dispute.due_at.into(),
            ruling: ruling.as_ref().map(|ruling| ruling.word()),
            worker_share: ruling.as_ref().and_then(|ruling| ruling.worker_share()).map(Cents::from),
            reason: dispute.reason,
            ruled_by: dispute.ruled_by.map(Judge::as_str),
            created_at: dispute.created_at.into(),
            closed_at: dispute.closed_at.map(Stamp::from),
        }
    }
}

/// Evidence that one side showed.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Evidence)]
pub(super) struct EvidenceView {
    id: String,
    #[schema(schema_with = enum_schema::of::<market::party::Party>)]
    by: &'static str,
    text: String,
    /// The id of a file of the job
    file_id: Option<String>,
    created_at: Stamp,
}

impl From<Evidence> for EvidenceView {
    fn from(shown: Evidence) -> Self {
        Self { id: shown.id.0, by: shown.side.as_str(), text: shown.body, file_id: shown.file_id, created_at: shown.created_at.into() }
    }
}

/// A dispute as its viewer sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Case)]
pub(super) struct CaseView {
    #[serde(flatten)]
    dispute: DisputeView,
    /// The evidence of both sides, oldest first
    evidence: Vec<EvidenceView>,
    /// The brief; null unless the viewer can rule
    description: Option<String>,
    /// The delivered versions, newest first; empty unless the viewer can rule
    deliverables: Vec<DeliverableView>,
    /// The consensus of the last review; null unless the viewer can rule
    consensus: Option<&'static str>,
    /// The message of the last rejection or request for a revision; null unless the viewer can rule
    job_reason: Option<String>,
    /// The role of the viewer: `poster`, `worker` or `admin`
    viewer_role: &'static str,
    may_answer: bool,
    may_add_evidence: bool,
    may_withdraw: bool,
    may_resolve: bool,
    /// The rules by which a dispute is decided, in plain words
    rules: &'static str,
}

impl From<Case> for CaseView {
    fn from(case: Case) -> Self {
        let (description, deliverables, consensus, job_reason) = match case.matter {
            Some(matter) => (Some(matter.description), matter.deliverables, matter.consensus, matter.reason),
            None => (None, Vec::new(), None, None),
        };
        Self {
            description,
            deliverables: deliverables.into_iter().map(DeliverableView::from).collect(),
            consensus: consensus.map(Verdict::as_str),
            job_reason,
            dispute: case.dispute.into(),
            evidence: case.evidence.into_iter().map(EvidenceView::from).collect(),
            viewer_role: case.viewer.map_or("admin", |side| side.as_str()),
            may_answer: case.may_answer,
            may_add_evidence: case.may_add,
            may_withdraw: case.may_withdraw,
            may_resolve: case.may_rule,
            rules: RULES,
        }
    }
}

list! {
    /// A page of the list of disputes.
    #[schema(as = agentgigs::Disputes)]
    pub(super) struct Disputes { disputes: DisputeView } of Dispute
}

/// Returns the document's example of evidence.
pub(super) fn evidence_example() -> Value {
    shown::<EvidenceView>(samples::job::evidence())
}

/// Returns the document's example of a case.
pub(super) fn case_example(status: Status) -> Value {
    shown::<CaseView>(samples::job::case(status))
}

/// Returns the document's example of a list of disputes.
pub(super) fn listed_example() -> Value {
    shown::<Disputes>(samples::page(vec![samples::job::dispute(Status::Open)]))
}
