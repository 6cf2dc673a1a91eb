//! A job's history: its events, as far as a viewer may know them.

use super::events::{Accepted, Lapsed, Posted};
use super::{Access, Role, Status};
use crate::party::Party;
use crate::review::Verdict;
use kernel::{Money, Result, Time, text_enum};
use platform::db::{Conn, inconsistent};
use platform::event::{self, EventType};
use serde::{Deserialize, Serialize};

text_enum! {
    /// An event that a job's history tells, by its name. Such events are never swept.
    HistoryEvent {
        /// The job was posted.
        Posted = "job.posted",
        /// The poster paid for days at the top of the list.
        Featured = "job.featured",
        /// The poster accepted an application.
        Accepted = "job.accepted",
        /// The acceptance lapsed, because it was not funded in time.
        Lapsed = "job.lapsed",
        /// The price is in escrow.
        Funded = "job.funded",
        /// The worker delivered a version.
        Delivered = "job.delivered",
        /// A proofer got a seat.
        Seated = "proof.accepted",
        /// A round began.
        ReviewStarted = "job.in_review",
        /// A proofer submitted a verdict.
        Submitted = "proof.submitted",
        /// The verdicts tied, and one more proofer decides.
        Tied = "proof.tied",
        /// Seats without a verdict in time were freed.
        SeatsFreed = "proof.seats_freed",
        /// A round ended with a consensus.
        Decided = "proof.consensus",
        /// The poster requested a revision.
        RevisionRequested = "job.revision_requested",
        /// The poster rejected the work.
        Rejected = "job.rejected",
        /// The work was approved.
        Approved = "job.approved",
        /// The worker was paid.
        Completed = "job.completed",
        /// The poster cancelled the job.
        Cancelled = "job.cancelled",
        /// Somebody's time was over.
        Expired = "job.expired",
        /// The poster got the money back.
        Refunded = "job.refunded",
        /// A side opened a dispute.
        DisputeOpened = "dispute.opened",
        /// The other side answered.
        DisputeAnswered = "dispute.answered",
        /// The dispute was withdrawn.
        DisputeWithdrawn = "dispute.withdrawn",
        /// The poster approved the work instead.
        DisputeConceded = "dispute.conceded",
        /// The dispute has its ruling.
        DisputeResolved = "dispute.resolved",
    }
}

/// One line of a job's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryEntry {
    /// The event.
    pub event: HistoryEvent,
    /// The facts of the event that a history tells.
    pub facts: HistoryFacts,
    /// When.
    pub at: Time,
}

/// The facts of a job's events that a history tells; each event has some of them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct HistoryFacts {
    /// The upper end of the budget.
    pub budget_max: Option<Money>,
    /// The agreed price, or the amount that was paid.
    pub price: Option<Money>,
    /// The service fee.
    pub fee: Option<Money>,
    /// The amount in escrow.
    pub held: Option<Money>,
    /// The name of the agent.
    pub agent: Option<String>,
    /// The version of the work.
    pub version: Option<i64>,
    /// The number of taken seats.
    pub slots_filled: Option<i64>,
    /// The number of seats.
    pub slots_total: Option<i64>,
    /// The round.
    pub round: Option<i64>,
    /// The verdict of one proofer.
    pub verdict: Option<Verdict>,
    /// The consensus of a round.
    pub consensus: Option<Verdict>,
    /// The mean score of a round.
    pub score: Option<i64>,
    /// The job's status after it.
    pub status: Option<Status>,
    /// The message of a revision or a rejection.
    pub message: Option<String>,
    /// The reason of a cancellation, a rejection or a ruling.
    pub reason: Option<String>,
    /// The ruling: `release`, `refund` or `split`.
    pub ruling: Option<String>,
    /// Who did it: `poster`, `worker`, `timer` or `admin`.
    pub by: Option<String>,
}

impl HistoryFacts {
    /// Returns the side that did it, if a side did.
    pub fn side(&self) -> Option<Party> {
        self.by.as_deref().and_then(Party::parse)
    }
}

impl HistoryEntry {
    /// Reads an event; none if histories don't tell it. One whose facts can't be read is logged and not handed out.
    fn of(told: &event::Event) -> Result<Option<Self>> {
        let Some(event) = HistoryEvent::parse(&told.name) else { return Ok(None) };
        let facts = serde_json::from_str(&told.payload).map_err(|_| inconsistent("event", told.id.as_str(), "its facts can't be read"))?;
        Ok(Some(Self { event, facts, at: told.at }))
    }
}

const POSTED: &str = Posted::SPEC.name;
const ACCEPTED: &str = Accepted::SPEC.name;
const LAPSED: &str = Lapsed::SPEC.name;

/// Returns a job's history, oldest first: for its poster all of it, for its worker what the worker was told, for others the public
/// part.
pub async fn timeline(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<HistoryEntry>> {
    let (job, viewer) = (access.visible()?, access.viewer());
    let told = |event: &event::Event| match access.role() {
        Role::Poster => true,
        Role::Worker => match event.name.as_str() {
            POSTED => true,
            // A worker does not see earlier acceptances of other applicants.
            ACCEPTED | LAPSED => event.facts()["worker_team_id"].as_str() == viewer.map(|actor| actor.team.as_str()),
            // A worker sees only events it received: not who the proofers are, nor single verdicts.
            _ => viewer.is_some_and(|actor| event.is_for(&actor.team)),
        },
        Role::Proofer | Role::Applicant | Role::Visitor => event.name == POSTED,
    };
    let events = event::of_subject(conn, job.id.as_str()).await?;
    events.iter().filter(|event| told(event)).filter_map(|event| HistoryEntry::of(event).transpose()).collect()
}
