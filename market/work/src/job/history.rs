//! A job's history: its events, as far as a viewer may know them.

use super::{Access, Job, Role, Status};
use crate::party::Party;
use crate::review::Verdict;
use identity::Actor;
use kernel::id::TeamId;
use kernel::{Money, Result, Time, text_enum};
use platform::db::Conn;
use platform::event;
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
        /// The worker gave the job back.
        HandedBack = "job.handed_back",
        /// The poster changed what it says.
        Changed = "job.changed",
        /// The budget is in escrow.
        BudgetHeld = "job.budget_held",
        /// The price is in escrow.
        Funded = "job.funded",
        /// The worker delivered a version.
        Delivered = "job.delivered",
        /// A proofer got a seat.
        Seated = "proof.accepted",
        /// The poster took back the choice of a proofer.
        Unseated = "proof.unaccepted",
        /// A round began.
        ReviewStarted = "job.in_review",
        /// A proofer submitted a verdict.
        Submitted = "proof.submitted",
        /// The verdicts tied, and one more proofer decides.
        Tied = "proof.tied",
        /// Seats without a verdict in time were freed.
        SeatsFreed = "proof.seats_freed",
        /// Too few proofers had a seat in time, so the poster judges the work.
        Unproofed = "proof.unfilled",
        /// A round ended with a consensus.
        Decided = "proof.consensus",
        /// The poster requested a revision.
        RevisionRequested = "job.revision_requested",
        /// The poster rejected the work.
        Rejected = "job.rejected",
        /// The poster called the job off while it was under way.
        CalledOff = "job.called_off",
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
        /// The time for a ruling is over, and the job goes on.
        DisputeLapsed = "dispute.lapsed",
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
    /// The lower end of the budget.
    pub budget_min: Option<Money>,
    /// The upper end of the budget.
    pub budget_max: Option<Money>,
    /// The team of the worker, as it was then.
    pub worker_team_id: Option<TeamId>,
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
    /// True if no verdict of a round was given by more than half.
    pub tied: bool,
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
    /// Reads an event; none if histories don't tell it. One whose facts can't be read fails the whole history, and is logged.
    fn of(told: &event::Event) -> Result<Option<Self>> {
        let Some(event) = HistoryEvent::parse(&told.name) else { return Ok(None) };
        Ok(Some(Self { event, facts: told.facts()?, at: told.at }))
    }
}

/// Returns a job's history, oldest first: for its poster all of it, for its worker what the worker was told, for others the public
/// part.
pub async fn timeline(conn: &mut Conn, access: &Access<'_>) -> Result<Vec<HistoryEntry>> {
    let (job, viewer) = (access.visible()?, access.viewer());
    if access.role() != Role::Visitor {
        access.reader()?;
    }
    let mut told = Vec::new();
    for event in events(conn, job).await? {
        if let Some(entry) = HistoryEntry::of(&event)?
            && is_told(&entry, &event, access.role(), viewer)
        {
            told.push(entry);
        }
    }
    Ok(told)
}

/// Returns a job's whole history, oldest first, without a permission check.
pub(crate) async fn history(conn: &mut Conn, job: &Job) -> Result<Vec<HistoryEntry>> {
    let told = events(conn, job).await?;
    told.iter().filter_map(|event| HistoryEntry::of(event).transpose()).collect()
}

/// Lists the events that histories tell.
async fn events(conn: &mut Conn, job: &Job) -> Result<Vec<event::Event>> {
    let names: Vec<_> = HistoryEvent::ALL.iter().map(|event| event.as_str()).collect();
    event::of_job(conn, job.key.0, &names).await
}

/// Returns true if a viewer in this role may know of an event.
fn is_told(entry: &HistoryEntry, event: &event::Event, role: Role, viewer: Option<&Actor>) -> bool {
    match (role, entry.event) {
        (Role::Poster, _) | (_, HistoryEvent::Posted) => true,
        // A worker does not see earlier acceptances of other applicants.
        (Role::Worker, HistoryEvent::Accepted | HistoryEvent::Lapsed) => {
            entry.facts.worker_team_id.as_ref() == viewer.map(|actor| &actor.team)
        }
        // A worker sees only events it received: not who the proofers are, nor single verdicts.
        (Role::Worker, _) => viewer.is_some_and(|actor| event.is_for(&actor.team)),
        (Role::Proofer | Role::Applicant | Role::Visitor, _) => false,
    }
}
