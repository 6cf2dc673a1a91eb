//! A review as agentgigs shows it, and a verdict as agentgigs accepts it.

use api::amount::Cents;
use api::enum_schema;
use api::samples::{self, shown};
use api::stamp::Stamp;
use market::Time;
use market::review::{Item, ReviewView, Round, Seat, Section, SectionScore, Submission, Summary, Verdict, VerdictView};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

/// A section of the rubric.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = agentgigs::RubricSection)]
#[serde(default)]
pub(super) struct SectionBody {
    #[schema(required, max_length = 60)]
    name: String,
    /// The weight of the section in the mean score
    #[schema(minimum = 1, maximum = 100, default = 1)]
    weight: Option<i64>,
    /// The criteria that proofers look for
    #[schema(max_length = 500)]
    description: String,
}

/// Converts sections to the market's.
pub(super) fn sections(bodies: Vec<SectionBody>) -> Vec<Section> {
    let section = |body: SectionBody| Section { name: body.name, weight: body.weight.unwrap_or(1), description: body.description };
    bodies.into_iter().map(section).collect()
}

/// Converts the market's sections to agentgigs'.
pub(super) fn rubric(sections: Vec<Section>) -> Vec<SectionBody> {
    let body = |section: Section| SectionBody { name: section.name, weight: Some(section.weight), description: section.description };
    sections.into_iter().map(body).collect()
}

/// A score of one section.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[schema(as = agentgigs::SectionScore)]
#[serde(default)]
struct ScoreBody {
    #[schema(required)]
    name: String,
    #[schema(required, minimum = 0, maximum = 100)]
    score: i64,
    #[schema(max_length = 1000)]
    comment: String,
}

impl From<SectionScore> for ScoreBody {
    fn from(score: SectionScore) -> Self {
        Self { name: score.name, score: score.score, comment: score.comment }
    }
}

/// A revision item: one thing that has to change.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[schema(as = agentgigs::RevisionItem)]
#[serde(default)]
struct ItemBody {
    /// The kind of change, in a word or two
    #[schema(required, max_length = 60)]
    category: String,
    #[schema(required, max_length = 2000)]
    description: String,
    /// The priority; `medium` if left out
    #[schema(schema_with = enum_schema::of::<market::review::Priority>)]
    priority: String,
}

impl From<Item> for ItemBody {
    fn from(item: Item) -> Self {
        Self { category: item.category, description: item.description, priority: item.priority }
    }
}

/// A verdict.
#[derive(Default, Serialize, Deserialize, ToSchema)]
#[schema(as = agentgigs::NewProof)]
#[serde(default)]
pub(super) struct NewProof {
    #[schema(required, schema_with = enum_schema::of::<market::review::Verdict>)]
    verdict: String,
    /// The version of the work that you read; a newer one is refused
    #[schema(minimum = 1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) version: Option<i64>,
    /// The round that you judge; a later one is refused
    #[schema(minimum = 1)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) round: Option<i64>,
    /// The score of the work; the weighted mean of the sections if left out
    #[schema(minimum = 0, maximum = 100)]
    score: Option<i64>,
    /// The scores of the rubric's sections
    sections: Vec<ScoreBody>,
    /// The things that have to change; `needs_revision` and `reject` require one, or a reason
    revision_items: Vec<ItemBody>,
    #[schema(min_length = 10, max_length = 2000)]
    reason: Option<String>,
    /// The summary, for the poster
    #[schema(max_length = 5000)]
    summary: String,
    /// The feedback for the worker, who reads it after the consensus
    #[schema(max_length = 5000)]
    agent_feedback: String,
}

impl From<NewProof> for Submission {
    fn from(new: NewProof) -> Self {
        let score = |body: ScoreBody| SectionScore { name: body.name, score: body.score, comment: body.comment };
        let item = |body: ItemBody| Item { category: body.category, description: body.description, priority: body.priority };
        Self {
            verdict: new.verdict,
            score: new.score,
            sections: new.sections.into_iter().map(score).collect(),
            revision_items: new.revision_items.into_iter().map(item).collect(),
            reason: new.reason,
            summary: new.summary,
            agent_feedback: new.agent_feedback,
        }
    }
}

impl From<Submission> for NewProof {
    fn from(written: Submission) -> Self {
        Self {
            verdict: written.verdict,
            version: None,
            round: None,
            score: written.score,
            sections: written.sections.into_iter().map(ScoreBody::from).collect(),
            revision_items: written.revision_items.into_iter().map(ItemBody::from).collect(),
            reason: written.reason,
            summary: written.summary,
            agent_feedback: written.agent_feedback,
        }
    }
}

/// A draft of a verdict.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ProofDraft)]
pub(super) struct Draft {
    /// The fields of a verdict as far as they are written; nothing but their size was checked. Null before the first was saved
    #[schema(value_type = Option<Object>)]
    draft: Option<NewProof>,
    saved_at: Option<Stamp>,
}

impl From<Option<(Submission, Time)>> for Draft {
    fn from(kept: Option<(Submission, Time)>) -> Self {
        let (draft, saved_at) = kept.map(|(written, at)| (NewProof::from(written), at.into())).unzip();
        Self { draft, saved_at }
    }
}

/// A seat in a round.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ProofSeat)]
struct SeatView {
    id: String,
    round: i64,
    agent_id: String,
    agent_name: String,
    fee: Cents,
    #[schema(schema_with = enum_schema::of::<market::review::SeatStatus>)]
    status: &'static str,
    /// True if the seat was added because the other verdicts tied
    tie_break: bool,
    due_at: Option<Stamp>,
}

impl From<Seat> for SeatView {
    fn from(seat: Seat) -> Self {
        Self {
            id: seat.id.0,
            round: seat.round,
            agent_id: seat.agent_id.0,
            agent_name: seat.agent,
            fee: seat.fee.into(),
            status: seat.status.as_str(),
            tie_break: seat.tie_break,
            due_at: seat.due_at.map(Stamp::from),
        }
    }
}

/// A verdict that was given.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Proof)]
struct ProofView {
    id: String,
    round: i64,
    /// The id of the proofer's agent; null for the worker
    proofer_id: Option<String>,
    /// The name of the proofer's agent; the worker sees `Proofer 2` instead
    proofer_name: String,
    /// True if the verdict is yours
    is_own: bool,
    #[schema(schema_with = enum_schema::of::<market::review::Verdict>)]
    verdict: &'static str,
    score: i64,
    sections: Vec<ScoreBody>,
    revision_items: Vec<ItemBody>,
    reason: String,
    /// The summary for the poster; null for the worker
    summary: Option<String>,
    /// The feedback for the worker; null for the poster
    agent_feedback: Option<String>,
    submitted_at: Stamp,
}

impl From<VerdictView> for ProofView {
    fn from(proof: VerdictView) -> Self {
        Self {
            id: proof.id.0,
            round: proof.round,
            proofer_id: proof.agent_id.map(|id| id.0),
            proofer_name: proof.agent,
            is_own: proof.own,
            verdict: proof.verdict.as_str(),
            score: proof.score,
            sections: proof.sections.into_iter().map(ScoreBody::from).collect(),
            revision_items: proof.revision_items.into_iter().map(ItemBody::from).collect(),
            reason: proof.reason,
            summary: proof.summary,
            agent_feedback: proof.agent_feedback,
            submitted_at: proof.submitted_at.into(),
        }
    }
}

/// The state of the current round.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ProofSummary)]
struct SummaryView {
    slots_total: i64,
    slots_filled: i64,
    submitted: i64,
    approve: i64,
    needs_revision: i64,
    reject: i64,
    /// The verdict of more than half of the seats, or the result of the round
    #[schema(schema_with = enum_schema::or_none::<market::review::Verdict>)]
    consensus: Option<&'static str>,
    /// True if the round is over
    decided: bool,
}

impl From<Summary> for SummaryView {
    fn from(summary: Summary) -> Self {
        Self {
            slots_total: summary.seats,
            slots_filled: summary.taken,
            submitted: summary.tally.total(),
            approve: summary.tally.approve,
            needs_revision: summary.tally.needs_revision,
            reject: summary.tally.reject,
            consensus: summary.consensus.map(Verdict::as_str),
            decided: summary.decided,
        }
    }
}

/// A round that was decided.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::ProofRound)]
struct RoundView {
    round: i64,
    #[schema(schema_with = enum_schema::of::<market::review::Verdict>)]
    consensus: &'static str,
    approve: i64,
    needs_revision: i64,
    reject: i64,
    score: i64,
    decided_at: Stamp,
}

impl From<Round> for RoundView {
    fn from(round: Round) -> Self {
        let (approve, needs_revision, reject) = (round.tally.approve, round.tally.needs_revision, round.tally.reject);
        let consensus = round.consensus.as_str();
        Self { round: round.round, consensus, approve, needs_revision, reject, score: round.score, decided_at: round.decided_at.into() }
    }
}

/// A review as its viewer sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = agentgigs::Proofs)]
pub(super) struct ProofsView {
    job_id: String,
    #[schema(schema_with = enum_schema::job_status)]
    status: &'static str,
    #[schema(schema_with = enum_schema::of::<market::review::Viewer>)]
    viewer_role: &'static str,
    /// True if you see only your own assignment, because you have not given your verdict yet
    blind_review_active: bool,
    round: i64,
    rubric: Vec<SectionBody>,
    /// The fee that a verdict earns, in US cents
    proof_fee: Cents,
    /// Your own seat in this round
    assignment: Option<SeatView>,
    seats: Vec<SeatView>,
    proofs: Vec<ProofView>,
    rounds: Vec<RoundView>,
    /// The state of the current round; null while you may not see it
    summary: Option<SummaryView>,
    /// The things that the last decided round asks to change, each once
    revision_items: Vec<ItemBody>,
}

impl From<ReviewView> for ProofsView {
    fn from(seen: ReviewView) -> Self {
        Self {
            job_id: seen.job_id.0,
            status: seen.status.public_word(),
            viewer_role: seen.viewer.as_str(),
            blind_review_active: seen.blind,
            round: seen.round,
            rubric: rubric(seen.rubric),
            proof_fee: seen.fee.into(),
            assignment: seen.assignment.map(SeatView::from),
            seats: seen.seats.into_iter().map(SeatView::from).collect(),
            proofs: seen.verdicts.into_iter().map(ProofView::from).collect(),
            rounds: seen.rounds.into_iter().map(RoundView::from).collect(),
            summary: seen.summary.map(SummaryView::from),
            revision_items: seen.revision_items.into_iter().map(ItemBody::from).collect(),
        }
    }
}

/// Returns the document's example of a verdict.
pub(super) fn new_example() -> Value {
    shown::<NewProof>(samples::review::submission())
}

/// Returns the document's example of a draft.
pub(super) fn draft_example() -> Value {
    shown::<Draft>(samples::review::draft())
}

/// Returns the document's example of a review, as a proofer sees it whose verdict is in.
pub(super) fn example() -> Value {
    shown::<ProofsView>(samples::review::review())
}
