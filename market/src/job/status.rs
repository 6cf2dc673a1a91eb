//! The life of a job: its states, the steps between them, and who has to move in each.

use crate::{Result, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// Where a job stands.
    Status {
        /// Listed; workers apply.
        Open = "open",
        /// A worker is chosen; the money is not there yet.
        PendingEscrow = "pending_escrow",
        /// The money is held; the worker works.
        InProgress = "in_progress",
        /// Handed in; the poster judges.
        Delivered = "delivered",
        /// Handed in; proofers are being chosen.
        PendingProof = "pending_proof",
        /// Proofers judge.
        InReview = "in_review",
        /// Found good; the payment is about to start its cooldown.
        Approved = "approved",
        /// The payment cools down; after that it is the worker's.
        Releasing = "releasing",
        /// Paid.
        Completed = "completed",
        /// Back with the worker.
        RevisionRequested = "revision_requested",
        /// Rejected or contested, and not settled yet.
        Disputed = "disputed",
        /// Called off by the poster.
        Cancelled = "cancelled",
        /// Called off by silence.
        Expired = "expired",
    }
}

text_enum! {
    /// What can happen to a job.
    Step {
        /// The poster chooses an application.
        Accept = "accept",
        /// The poster pays into escrow.
        Fund = "fund",
        /// The poster did not pay in time; the choice lapses.
        Lapse = "lapse",
        /// The worker hands in.
        Deliver = "deliver",
        /// Handed in, it waits for proofers: to be chosen, or to fill a seat that came free.
        SeekProof = "seek_proof",
        /// The proofers' fees are held; they judge.
        StartReview = "start_review",
        /// The proofers find it good.
        Pass = "pass",
        /// The proofers want changes.
        SendBack = "send_back",
        /// The proofers refuse it.
        Fail = "fail",
        /// The poster takes it without waiting for the proofers, or nobody chose any in time.
        Override = "override",
        /// The poster, or the poster's silence, finds it good.
        Approve = "approve",
        /// The cooldown begins.
        StartRelease = "start_release",
        /// The cooldown ends and the worker is paid.
        Complete = "complete",
        /// The poster wants changes.
        RequestRevision = "request_revision",
        /// The poster refuses the work.
        Reject = "reject",
        /// One side calls for a ruling.
        Dispute = "dispute",
        /// A dispute was taken back, and the worker goes on.
        Resume = "resume",
        /// A dispute was taken back, and the poster judges the work.
        Rejudge = "rejudge",
        /// The poster is refunded: the rejection stood.
        Refund = "refund",
        /// The poster calls it off.
        Cancel = "cancel",
        /// Nobody moved in time.
        Expire = "expire",
    }
}

/// Who has to act next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mover {
    /// Any worker may apply; the poster may choose.
    Anyone,
    /// Who posted it.
    Poster,
    /// Who was chosen to do it.
    Worker,
    /// Who reviews it.
    Proofers,
    /// Nobody: a timer does the rest.
    Timer,
    /// Nobody: it is over.
    Nobody,
}

impl Status {
    /// Where a step leads; a conflict that says what is possible instead, if it leads nowhere.
    pub fn after(self, step: Step) -> Result<Status> {
        self.arrow(step).ok_or_else(|| super::errors::wrong_status(self, step))
    }

    /// The whole life of a job, one arrow a line.
    pub(super) const fn arrow(self, step: Step) -> Option<Status> {
        use {Status::*, Step::*};
        Some(match (self, step) {
            (Open, Accept) => PendingEscrow,
            (Open, Cancel) => Cancelled,
            (Open, Expire) => Expired,
            (PendingEscrow, Fund) => InProgress,
            (PendingEscrow, Lapse) => Open,
            (PendingEscrow, Cancel) => Cancelled,
            (InProgress, Deliver) => Delivered,
            (InProgress, Expire) => Expired,
            (InProgress, Dispute) => Disputed,
            (Delivered, SeekProof) => PendingProof,
            (Delivered, Approve) => Approved,
            (Delivered, RequestRevision) => RevisionRequested,
            (Delivered, Reject) => Disputed,
            (Delivered, Dispute) => Disputed,
            (PendingProof, StartReview) => InReview,
            (PendingProof, Pass) => Approved,
            (PendingProof, SendBack) => RevisionRequested,
            (PendingProof, Fail) => Disputed,
            (PendingProof, Override) => Approved,
            (InReview, SeekProof) => PendingProof,
            (InReview, Pass) => Approved,
            (InReview, SendBack) => RevisionRequested,
            (InReview, Fail) => Disputed,
            (InReview, Override) => Approved,
            (RevisionRequested, Deliver) => Delivered,
            (RevisionRequested, Expire) => Expired,
            (RevisionRequested, Dispute) => Disputed,
            (Approved, StartRelease) => Releasing,
            (Approved, Reject) => Disputed,
            (Approved, Dispute) => Disputed,
            (Releasing, Complete) => Completed,
            (Releasing, Dispute) => Disputed,
            (Disputed, Dispute) => Disputed,
            (Disputed, Resume) => InProgress,
            (Disputed, Rejudge) => Delivered,
            (Disputed, Pass) => Approved,
            (Disputed, Approve) => Approved,
            (Disputed, Complete) => Completed,
            (Disputed, Refund) => Cancelled,
            _ => return None,
        })
    }

    /// Whether anybody may see that the job is there, because somebody is wanted for it.
    pub const fn is_listed(self) -> bool {
        matches!(self, Status::Open | Status::PendingProof)
    }

    /// Whether nothing can happen to it any more.
    pub const fn is_closed(self) -> bool {
        matches!(self, Status::Completed | Status::Cancelled | Status::Expired)
    }

    /// Whose move it is.
    pub const fn mover(self) -> Mover {
        match self {
            Status::Open => Mover::Anyone,
            Status::PendingEscrow | Status::Delivered | Status::PendingProof | Status::Approved | Status::Disputed => Mover::Poster,
            Status::InProgress | Status::RevisionRequested => Mover::Worker,
            Status::InReview => Mover::Proofers,
            Status::Releasing => Mover::Timer,
            Status::Completed | Status::Cancelled | Status::Expired => Mover::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_moves_only_along_its_arrows() {
        let mut matrix = String::new();
        for &from in Status::ALL {
            for &step in Step::ALL {
                if let Ok(to) = from.after(step) {
                    matrix.push_str(&format!("{from} --{step}--> {to}\n"));
                }
            }
        }
        insta::assert_snapshot!(matrix);
    }

    #[test]
    fn what_is_closed_stays_closed() {
        for &status in Status::ALL {
            let moves = Step::ALL.iter().any(|&step| status.after(step).is_ok());
            assert!(!(status.is_closed() && moves), "{status}");
        }
    }

    #[test]
    fn the_refusal_says_what_is_possible() {
        let error = Status::Open.after(Step::Fund).expect_err("not yet accepted");
        assert_eq!(error.message, "The job is open, so it cannot fund; possible now: accept, cancel, expire.");
    }
}
