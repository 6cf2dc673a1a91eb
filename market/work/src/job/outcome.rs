//! Default outcomes. Every waiting state of a job has one timer with a default outcome.

use super::{Job, Status};
use crate::review::Verdict;
use kernel::{Time, text_enum};
use platform::Rules;

text_enum! {
    /// The default outcome of a waiting state.
    Outcome {
        /// An open job without an accepted application is taken down.
        Expire = "job.expire",
        /// An acceptance that was not funded is undone; the job is open again.
        Lapse = "job.lapse",
        /// Work that never came: the poster is refunded.
        Abandon = "job.abandon",
        /// Proofers were not chosen in time: the submitted verdicts decide; without any the poster judges the work.
        Waive = "job.waive_proof",
        /// The time to review is over: the seats without a verdict are freed.
        EndReview = "job.end_review",
        /// The poster did not judge a delivery in time, or the worker did not change what the proofers had approved: it counts as
        /// approved.
        AutoApprove = "job.auto_approve",
        /// The cooldown is over: the worker is paid.
        Release = "job.release",
        /// A rejection that stood: the poster is refunded.
        Refund = "job.refund",
        /// A dispute without a ruling in time: the default ruling holds.
        Rule = "job.rule",
    }
}

impl Outcome {
    /// Returns the default outcome of a status after this consensus. None once the job is closed.
    pub(crate) const fn of(status: Status, consensus: Option<Verdict>) -> Option<Self> {
        Some(match status {
            Status::Open => Outcome::Expire,
            Status::PendingEscrow => Outcome::Lapse,
            // A worker's silence does not take back what the proofers approved.
            Status::RevisionRequested if matches!(consensus, Some(Verdict::Approve)) => Outcome::AutoApprove,
            Status::InProgress | Status::RevisionRequested => Outcome::Abandon,
            Status::Delivered | Status::Approved => Outcome::AutoApprove,
            Status::PendingProof => Outcome::Waive,
            Status::InReview => Outcome::EndReview,
            Status::Releasing => Outcome::Release,
            Status::Rejected => Outcome::Refund,
            Status::Disputed => Outcome::Rule,
            Status::Completed | Status::Cancelled | Status::Expired => return None,
        })
    }
}

impl Job {
    /// Returns the default outcome of this job and its time, if nothing happens from `now` on. None once the job is closed.
    pub fn default_outcome(&self, now: Time, rules: &Rules) -> Option<(Outcome, Time)> {
        let unless_sooner = |window| self.deadline.filter(|deadline| *deadline > now).unwrap_or(now.after(window));
        let outcome = Outcome::of(self.status, self.consensus())?;
        let at = match outcome {
            Outcome::Expire => {
                let until = self.applications_until.or(self.deadline).unwrap_or(self.created_at.after(rules.listing_window));
                // A job that is open again after that time: its poster can still choose another application.
                if until > now { until } else { now.after(rules.funding_window) }
            }
            Outcome::Lapse => now.after(rules.funding_window),
            Outcome::Abandon | Outcome::AutoApprove if self.status == Status::RevisionRequested => now.after(rules.revision_window),
            Outcome::Abandon => unless_sooner(rules.work_window),
            Outcome::AutoApprove => now.after(rules.review_window),
            Outcome::Waive => {
                let at = now.after(rules.review_window);
                self.review.as_ref().and_then(|review| review.round_ends_by).map_or(at, |last| last.min(at))
            }
            Outcome::EndReview => now.after(rules.proof_window),
            Outcome::Release => now.after(self.release_delay),
            Outcome::Rule => self.disputed_at.unwrap_or(now).after(rules.ruling_window),
            Outcome::Refund => now.after(rules.dispute_window),
        };
        Some((outcome, at))
    }
}
