//! The life of a job: its statuses, their groups, and the steps between them.

use kernel::{Result, text_enum};

text_enum! {
    /// The status of a job.
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
        /// Approved; the release delay is about to start.
        Approved = "approved",
        /// The release delay runs; after it the worker is paid.
        Releasing = "releasing",
        /// Paid.
        Completed = "completed",
        /// Back with the worker.
        RevisionRequested = "revision_requested",
        /// Refused; the poster is refunded unless the worker disputes it or the poster approves after all.
        Rejected = "rejected",
        /// Contested; it waits for a ruling.
        Disputed = "disputed",
        /// Cancelled by the poster.
        Cancelled = "cancelled",
        /// Ended by a timer.
        Expired = "expired",
    }
}

text_enum! {
    /// The steps of a job.
    Step {
        /// The poster chooses an application.
        Accept = "accept",
        /// The poster pays into escrow.
        Fund = "fund",
        /// The poster did not pay in time; the choice lapses.
        Lapse = "lapse",
        /// The worker gives the job back.
        HandBack = "hand_back",
        /// The worker hands in.
        Deliver = "deliver",
        /// Handed in, it waits for proofers: to be chosen, or to fill a seat that came free.
        SeekProof = "seek_proof",
        /// The proofers' fees are held; they judge.
        StartReview = "start_review",
        /// No proofer judged it in time: the poster does.
        FallBack = "fall_back",
        /// The proofers find it good; or a dispute was taken back that came after that.
        Pass = "pass",
        /// The proofers want changes; or a dispute was taken back that came after a request for a revision.
        SendBack = "send_back",
        /// The proofers refuse it; or a dispute was taken back that came after a rejection.
        Fail = "fail",
        /// The poster approves without waiting for the proofers.
        Override = "override",
        /// The poster approves it, or did not judge it in time.
        Approve = "approve",
        /// The release delay begins.
        StartRelease = "start_release",
        /// The release delay ends and the worker is paid.
        Complete = "complete",
        /// The poster wants changes.
        RequestRevision = "request_revision",
        /// The poster refuses the work.
        Reject = "reject",
        /// The poster calls the job off while the worker works.
        CallOff = "call_off",
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
        /// The time is over.
        Expire = "expire",
    }
}

impl Status {
    /// Returns the status after a step; a conflict that names the possible steps if this one is not possible.
    pub fn after(self, step: Step) -> Result<Status> {
        self.arrow(step).ok_or_else(|| super::errors::wrong_status(self, step))
    }

    /// The whole life of a job, one arrow per line.
    pub(super) const fn arrow(self, step: Step) -> Option<Status> {
        use {Status::*, Step::*};
        Some(match (self, step) {
            (Open, Accept) => PendingEscrow,
            (Open, Cancel) => Cancelled,
            (Open, Expire) => Expired,
            (PendingEscrow, Fund) => InProgress,
            (PendingEscrow, Lapse) => Open,
            (PendingEscrow, Cancel) => Cancelled,
            (PendingEscrow, HandBack) => Open,
            (InProgress, Deliver) => Delivered,
            (InProgress, Expire) => Expired,
            (InProgress, HandBack) => Cancelled,
            (InProgress, CallOff) => Rejected,
            (InProgress, Dispute) => Disputed,
            (Delivered, SeekProof) => PendingProof,
            (Delivered, Approve) => Approved,
            (Delivered, RequestRevision) => RevisionRequested,
            (Delivered, Reject) => Rejected,
            (Delivered, Dispute) => Disputed,
            (PendingProof, StartReview) => InReview,
            (PendingProof, FallBack) => Delivered,
            (PendingProof, Pass) => Approved,
            (PendingProof, SendBack) => RevisionRequested,
            (PendingProof, Fail) => Rejected,
            (PendingProof, Override) => Approved,
            (InReview, SeekProof) => PendingProof,
            (InReview, Pass) => Approved,
            (InReview, SendBack) => RevisionRequested,
            (InReview, Fail) => Rejected,
            (InReview, Override) => Approved,
            (RevisionRequested, Deliver) => Delivered,
            (RevisionRequested, Approve) => Approved,
            (RevisionRequested, Expire) => Expired,
            (RevisionRequested, HandBack) => Cancelled,
            (RevisionRequested, CallOff) => Rejected,
            (RevisionRequested, Dispute) => Disputed,
            (Approved, StartRelease) => Releasing,
            (Approved, RequestRevision) => RevisionRequested,
            (Approved, Reject) => Disputed,
            (Approved, Dispute) => Disputed,
            (Releasing, Complete) => Completed,
            (Releasing, Dispute) => Disputed,
            (Rejected, Approve) => Approved,
            (Rejected, Dispute) => Disputed,
            (Rejected, Refund) => Cancelled,
            (Disputed, Deliver) => Disputed,
            (Disputed, Resume) => InProgress,
            (Disputed, SendBack) => RevisionRequested,
            (Disputed, Rejudge) => Delivered,
            (Disputed, Pass) => Approved,
            (Disputed, Fail) => Rejected,
            (Disputed, Approve) => Approved,
            (Disputed, Complete) => Completed,
            (Disputed, Refund) => Cancelled,
            _ => return None,
        })
    }

    /// Returns true if the job is publicly listed, because it looks for a worker or proofers.
    pub const fn is_listed(self) -> bool {
        matches!(self, Status::Open | Status::PendingProof)
    }

    /// Returns true if the poster may change what the job says: nobody was chosen on it.
    pub const fn takes_edits(self) -> bool {
        matches!(self, Status::Open)
    }

    /// Returns true if the poster may change the review settings freely: nothing is funded yet.
    pub const fn has_open_settings(self) -> bool {
        matches!(self, Status::Open | Status::PendingEscrow)
    }

    /// Returns true if the poster may add attachments: no work was delivered that the brief judges.
    pub const fn takes_attachments(self) -> bool {
        matches!(self, Status::Open | Status::PendingEscrow | Status::InProgress | Status::RevisionRequested)
    }

    /// Returns the word by which events and interfaces name the status. They know no word of its own for a rejection that is not
    /// settled yet: it is disputed.
    pub const fn public_word(self) -> &'static str {
        match self {
            Status::Rejected => Status::Disputed.as_str(),
            other => other.as_str(),
        }
    }

    /// Lists the statuses whose own word is public.
    pub fn public() -> impl Iterator<Item = Status> {
        Self::ALL.iter().copied().filter(|status| status.public_word() == status.as_str())
    }

    /// Returns true if the job is over.
    pub const fn is_closed(self) -> bool {
        matches!(self, Status::Completed | Status::Cancelled | Status::Expired)
    }
}

/// Defines groups of statuses: each as a constant of [`Status`] and as the list that [`job_statuses`] writes into SQL.
macro_rules! groups {
    ($($(#[$meta:meta])* $group:ident, $name:ident: $first:ident = $first_word:literal $(, $status:ident = $word:literal)+;)+) => {
        impl Status {
            $($(#[$meta])* pub const $group: &[Status] = &[Status::$first $(, Status::$status)+];)+
        }

        /// Writes a group of job statuses as a list in SQL: `concat!("j.status in ", job_statuses!(closed))`.
        #[macro_export]
        macro_rules! job_statuses {
            $(($name) => { concat!("('", $first_word, $("', '", $word,)+ "')") };)+
        }

        #[cfg(test)]
        const LISTS: &[(&[Status], &str)] = &[$((Status::$group, job_statuses!($name))),+];
    };
}

groups! {
    /// Nothing is paid for the job yet, and it is not over.
    UNFUNDED, unfunded: Open = "open", PendingEscrow = "pending_escrow";
    /// A worker was chosen and the job is not over.
    UNFINISHED, unfinished: PendingEscrow = "pending_escrow", InProgress = "in_progress", Delivered = "delivered",
        PendingProof = "pending_proof", InReview = "in_review", Approved = "approved", Releasing = "releasing",
        RevisionRequested = "revision_requested", Rejected = "rejected", Disputed = "disputed";
    /// The worker works on the job.
    WORKING, working: InProgress = "in_progress", RevisionRequested = "revision_requested";
    /// The work was found good and the worker is not paid yet.
    PAYING, paying: Approved = "approved", Releasing = "releasing";
    /// The job is over.
    CLOSED, closed: Completed = "completed", Cancelled = "cancelled", Expired = "expired";
}

/// Writes one job status as a word in SQL: partial indexes serve only where the word stands in the text.
#[macro_export]
macro_rules! job_status {
    (open) => {
        "'open'"
    };
    (pending_proof) => {
        "'pending_proof'"
    };
    (releasing) => {
        "'releasing'"
    };
    (completed) => {
        "'completed'"
    };
    (expired) => {
        "'expired'"
    };
}

/// The condition of SQL that a job `j` is open and no admin hid it. The indexes of open jobs have the same words.
#[macro_export]
macro_rules! job_is_listed {
    () => {
        concat!("j.status = ", $crate::job_status!(open), " and j.hidden_at is null")
    };
}

pub(crate) use {job_is_listed, job_status, job_statuses};

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
    fn a_rejection_is_a_dispute_to_the_public() {
        assert_eq!(Status::Rejected.public_word(), "disputed");
        assert_eq!(Status::public().count() + 1, Status::ALL.len());
        assert!(Status::public().all(|status| status != Status::Rejected));
    }

    #[test]
    fn what_is_closed_stays_closed() {
        for &status in Status::ALL {
            let moves = Step::ALL.iter().any(|&step| status.after(step).is_ok());
            assert!(!(status.is_closed() && moves), "{status}");
            assert_eq!(status.is_closed(), Status::CLOSED.contains(&status), "{status}");
        }
    }

    #[test]
    fn lists_in_sql_are_their_groups() {
        for (group, list) in LISTS {
            let words: Vec<_> = group.iter().map(|status| format!("'{status}'")).collect();
            assert_eq!(*list, format!("({})", words.join(", ")));
        }
        let words = [
            (Status::Open, job_status!(open)),
            (Status::PendingProof, job_status!(pending_proof)),
            (Status::Releasing, job_status!(releasing)),
            (Status::Completed, job_status!(completed)),
            (Status::Expired, job_status!(expired)),
        ];
        for (status, word) in words {
            assert_eq!(word, format!("'{status}'"));
        }
    }

    #[test]
    fn the_refusal_says_what_is_possible() {
        let error = Status::Open.after(Step::Fund).expect_err("not yet accepted");
        assert_eq!(error.message, "The job is open, so it cannot fund; possible now: accept, cancel, expire.");
    }
}
