//! The end of a dispute on which nobody rules: the default ruling, and the state in which a job goes on without one.

use super::Dispute;
use crate::job::{self, Approver, Job, Ruling};
use crate::party::Party;
use crate::review::Verdict;
use kernel::Money;
use serde::{Deserialize, Serialize};

/// The facts that decide the default ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultFacts {
    /// The side that opened it.
    pub opener: Party,
    /// The job's status when it was opened.
    pub came_from: job::Status,
    /// True if the poster had called the job off before any work was handed in, and the worker objects.
    pub called_off: bool,
    /// True if the poster had approved the work.
    pub bound: bool,
    /// True if the other side answered.
    pub answered: bool,
    /// True if any work was delivered.
    pub delivered: bool,
    /// True if a version was delivered while the dispute waits.
    pub delivered_since: bool,
    /// The consensus of the last round.
    pub consensus: Option<Verdict>,
    /// The agreed price.
    pub price: Money,
}

impl DefaultFacts {
    /// Returns the facts of a dispute on a job of which `versions` versions are delivered by now.
    pub(super) fn of(dispute: &Dispute, job: &Job, versions: i64) -> Self {
        Self {
            opener: dispute.side,
            came_from: dispute.came_from,
            called_off: dispute.objects_to_call_off(),
            bound: job.approved_by == Some(Approver::Poster),
            answered: dispute.answer.is_some(),
            delivered: versions > 0,
            delivered_since: dispute.is_before(versions),
            consensus: job.consensus(),
            price: dispute.price,
        }
    }
}

impl Dispute {
    /// Returns true if a version was delivered after the dispute was opened.
    pub(super) fn is_before(&self, versions: i64) -> bool {
        versions > self.versions
    }

    /// Returns true if the worker can still deliver: the poster disputes or called off work that was not finished, and no version came
    /// since.
    pub(super) fn leaves_work(&self, versions: i64) -> bool {
        let poster_disputes = self.side == Party::Poster && is_working(self.came_from);
        (poster_disputes || self.objects_to_call_off()) && !self.is_before(versions)
    }

    /// Returns true if the worker objects to a job being called off before any work was handed in. Nothing else refuses work that is not
    /// there.
    pub(super) fn objects_to_call_off(&self) -> bool {
        self.side == Party::Worker && self.came_from == job::Status::Rejected && self.versions == 0
    }
}

/// Returns true if the worker has the move in this status.
const fn is_working(status: job::Status) -> bool {
    matches!(status, job::Status::InProgress | job::Status::RevisionRequested)
}

/// Returns the ruling if nobody rules in time ([`Rules::ruling_window`](platform::Rules::ruling_window) after it was opened); none if
/// the job goes on instead. No side gains by silence about its own duty.
///
/// 1. The poster had approved the work: to the worker.
/// 2. The proofers approved: to the worker. They rejected: back to the poster. Only an admin can overrule a consensus.
/// 3. The poster opened it on unfinished work: the job goes on if the worker answered or delivered, else back to the poster. A worker who
///    objects to a job being called off has answered.
/// 4. No work was handed in, so the worker opened it: back to the poster who answered; the job goes on under one who did not.
/// 5. The other side did not answer: for the opener.
/// 6. Else half for each; an odd cent goes to the worker.
pub fn default_ruling(known: DefaultFacts) -> Option<Ruling> {
    let answered = known.answered || known.delivered_since;
    Some(match (known.consensus, known.opener) {
        _ if known.bound => Ruling::Release,
        (Some(Verdict::Approve), _) => Ruling::Release,
        (Some(Verdict::Reject), _) => Ruling::Refund,
        (_, Party::Poster) if is_working(known.came_from) && answered => return None,
        (_, Party::Worker) if known.called_off => return None,
        (_, Party::Worker) if !known.delivered && !answered => return None,
        _ if !known.delivered => Ruling::Refund,
        (_, Party::Poster) if !answered => Ruling::Refund,
        (_, Party::Worker) if !answered => Ruling::Release,
        _ => Ruling::Split { worker: Money(known.price.0 - known.price.0 / 2) },
    })
}

/// Returns the reason text of the default outcome.
pub(super) fn why(known: &DefaultFacts) -> &'static str {
    match (known.consensus, default_ruling(*known)) {
        _ if known.bound => "Nobody ruled in time. The poster had approved the work.",
        (Some(Verdict::Approve), _) => "Nobody ruled in time. The proofers approved the work.",
        (Some(Verdict::Reject), _) => "Nobody ruled in time. The proofers rejected the work.",
        (_, None) if known.delivered_since => "Nobody ruled in time. The work was handed in meanwhile, so the job goes on.",
        (_, None) if known.called_off => "Nobody ruled in time. The worker objected, so the work goes on.",
        (_, None) if known.answered => "Nobody ruled in time. The worker answered, so the work goes on.",
        (_, None) => "Nobody ruled in time, and the poster did not answer. The work goes on.",
        _ if !known.delivered => "Nobody ruled in time, and no work was handed in.",
        (_, Some(Ruling::Split { .. })) => "Nobody ruled in time, and no proofers decided: half for each.",
        _ => "Nobody ruled in time, and the other side did not answer.",
    }
}

/// The state of a job after its dispute was withdrawn, or lapsed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AfterWithdrawal {
    /// The worker goes on.
    Work,
    /// The worker goes on with the revision.
    Revision,
    /// A version was delivered meanwhile; the poster or the proofers judge it.
    HandOver,
    /// The poster judges the delivery.
    Judging,
    /// The proofers' approval waits for the poster's word.
    Passed,
    /// The work counts as approved.
    Approved,
    /// The payment waits for its timer again.
    Releasing,
    /// The rejection waits for its timer again.
    Rejected,
    /// The rejection stands: the poster is refunded at once.
    Refunded,
}

/// Returns the state of a job on whose dispute nobody ruled, and which goes on.
pub(super) fn after_lapse(dispute: &Dispute, versions: i64) -> AfterWithdrawal {
    let delivered_since = dispute.is_before(versions);
    match dispute.objects_to_call_off() {
        true if delivered_since => AfterWithdrawal::HandOver,
        true => AfterWithdrawal::Work,
        false => after_withdrawal(dispute.side, dispute.came_from, delivered_since),
    }
}

/// Returns the state after a withdrawal. The opener accepts the last decision and no more: a poster approves delivered work that
/// was not rejected, a worker accepts a rejection. Without a decision the job continues from its old status.
pub const fn after_withdrawal(opener: Party, came_from: job::Status, delivered_since: bool) -> AfterWithdrawal {
    use job::Status;
    match (came_from, opener) {
        (Status::InProgress | Status::RevisionRequested, _) if delivered_since => AfterWithdrawal::HandOver,
        (Status::RevisionRequested, _) => AfterWithdrawal::Revision,
        (Status::Delivered | Status::Approved, Party::Poster) => AfterWithdrawal::Approved,
        (Status::Releasing, _) => AfterWithdrawal::Releasing,
        (Status::Delivered, Party::Worker) => AfterWithdrawal::Judging,
        (Status::Approved, Party::Worker) => AfterWithdrawal::Passed,
        (Status::Rejected, Party::Poster) => AfterWithdrawal::Rejected,
        (Status::Rejected, Party::Worker) => AfterWithdrawal::Refunded,
        _ => AfterWithdrawal::Work,
    }
}

#[cfg(test)]
mod tests;
