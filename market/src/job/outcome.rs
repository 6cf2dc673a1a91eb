//! What happens to a waiting job when nobody moves. Every waiting state has one timer with a default outcome.

use super::{Job, Status};
use crate::{Terms, Time, text_enum};

text_enum! {
    /// The default outcome of a waiting state.
    Outcome {
        /// An open job that nobody was chosen for is taken down.
        Expire = "job.expire",
        /// An acceptance that was not funded is undone; the job is open again.
        Lapse = "job.lapse",
        /// Work that never came: the poster is refunded.
        Abandon = "job.abandon",
        /// A delivery that nobody judged counts as approved.
        AutoApprove = "job.auto_approve",
        /// The cooldown is over: the worker is paid.
        Release = "job.release",
        /// A rejection that stood: the poster is refunded.
        Refund = "job.refund",
    }
}

impl Job {
    /// What happens by itself to this job if nobody moves from `now` on, and when. None once it is closed.
    pub fn default_outcome(&self, now: Time, terms: &Terms) -> Option<(Outcome, Time)> {
        let unless_sooner = |window| self.deadline.filter(|deadline| *deadline > now).unwrap_or(now.after(window));
        Some(match self.status {
            Status::Open => (Outcome::Expire, self.deadline.unwrap_or(self.created_at.after(terms.listing_window))),
            Status::PendingEscrow => (Outcome::Lapse, now.after(terms.funding_window)),
            Status::InProgress => (Outcome::Abandon, unless_sooner(terms.work_window)),
            Status::RevisionRequested => (Outcome::Abandon, now.after(terms.revision_window)),
            Status::Delivered => (Outcome::AutoApprove, now.after(terms.review_window)),
            Status::Releasing => (Outcome::Release, now.after(self.release_delay)),
            Status::Disputed => (Outcome::Refund, now.after(terms.dispute_window)),
            Status::PendingProof | Status::InReview | Status::Approved => return None,
            Status::Completed | Status::Cancelled | Status::Expired => return None,
        })
    }
}
