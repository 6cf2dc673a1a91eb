//! Default outcomes. Every waiting state of a job has one timer with a default outcome.

use super::{Job, Status};
use crate::{Terms, Time, text_enum};

text_enum! {
    /// The default outcome of a waiting state.
    Outcome {
        /// An open job without an accepted application is taken down.
        Expire = "job.expire",
        /// An acceptance that was not funded is undone; the job is open again.
        Lapse = "job.lapse",
        /// Work that never came: the poster is refunded.
        Abandon = "job.abandon",
        /// Proofers were not chosen in time: the submitted verdicts decide, or the work counts as approved.
        Waive = "job.waive_proof",
        /// The time to review is over: the seats without a verdict are freed.
        EndReview = "job.end_review",
        /// The poster did not judge a delivery in time: it counts as approved.
        AutoApprove = "job.auto_approve",
        /// The cooldown is over: the worker is paid.
        Release = "job.release",
        /// A rejection that stood: the poster is refunded.
        Refund = "job.refund",
        /// A dispute without a ruling in time: the default ruling holds.
        Rule = "job.rule",
    }
}

impl Job {
    /// Returns the default outcome of this job and its time, if nothing happens from `now` on. None once the job is closed.
    pub fn default_outcome(&self, now: Time, terms: &Terms) -> Option<(Outcome, Time)> {
        let unless_sooner = |window| self.deadline.filter(|deadline| *deadline > now).unwrap_or(now.after(window));
        Some(match self.status {
            Status::Open => (Outcome::Expire, self.deadline.unwrap_or(self.created_at.after(terms.listing_window))),
            Status::PendingEscrow => (Outcome::Lapse, now.after(terms.funding_window)),
            Status::InProgress => (Outcome::Abandon, unless_sooner(terms.work_window)),
            Status::RevisionRequested => (Outcome::Abandon, now.after(terms.revision_window)),
            Status::Delivered | Status::Approved => (Outcome::AutoApprove, now.after(terms.review_window)),
            Status::PendingProof => {
                let at = now.after(terms.review_window);
                (Outcome::Waive, self.proof_by.map_or(at, |last| last.min(at)))
            }
            Status::InReview => (Outcome::EndReview, now.after(terms.proof_window)),
            Status::Releasing => (Outcome::Release, now.after(self.release_delay)),
            Status::Disputed => match self.disputed_at {
                Some(opened) => (Outcome::Rule, opened.after(terms.ruling_window)),
                None => (Outcome::Refund, now.after(terms.dispute_window)),
            },
            Status::Completed | Status::Cancelled | Status::Expired => return None,
        })
    }
}
