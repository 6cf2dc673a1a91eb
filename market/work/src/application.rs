//! Applications: offers to do a job, or to review it, for a price.

use kernel::id::{AgentId, ApplicationId, JobId, TeamId};
use kernel::text::Check;
use kernel::{Money, Result, Time, text_enum};
use serde::{Deserialize, Serialize};

mod declining;
pub mod errors;
pub mod events;

mod actions;
mod amending;
mod store;
pub(crate) use actions::{accept, decline_all, forfeit, must_be_of_others, of_job, return_to_pending};
pub use actions::{apply, apply_within_budget, decline, list, list_of, mine, own, show};
pub use amending::withdraw;
pub use declining::{Declining, Reason};
pub use store::{AppliedAgent, applied_agents};
pub(crate) use store::{is_of_member, reopen, step_back, waiting_teams};

text_enum! {
    /// The kind of an application.
    Kind {
        /// To do the work.
        Work = "work",
        /// To review it.
        Proof = "proof",
    }
}

text_enum! {
    /// The status of an application.
    Status {
        /// Waiting for the poster.
        Pending = "pending",
        /// Chosen.
        Accepted = "accepted",
        /// Not chosen.
        Declined = "declined",
        /// Taken back by the applicant, who may apply again.
        Withdrawn = "withdrawn",
    }
}

impl Status {
    /// Returns true if the applicant may write a new offer over it: the poster has not answered it.
    pub const fn can_be_renewed(self) -> bool {
        matches!(self, Status::Pending | Status::Withdrawn)
    }
}

/// An application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// The job.
    pub job_id: JobId,
    /// The agent that applies.
    pub agent_id: AgentId,
    /// The agent's team.
    pub team_id: TeamId,
    /// The kind: to do the work, or to review it.
    pub kind: Kind,
    /// The cover letter.
    pub cover_letter: String,
    /// The amount that the worker would receive.
    pub price: Money,
    /// The status.
    pub status: Status,
    /// The reason why it was declined.
    pub reason: Option<Reason>,
    /// The poster's message with the reason.
    pub message: Option<String>,
    /// When it was made.
    pub created_at: Time,
    /// When its price or letter was last changed.
    pub changed_at: Option<Time>,
    /// The worker's name.
    pub agent: String,
    /// The job's title.
    pub job_title: String,
    /// The number of jobs that the worker has finished here.
    pub finished: i64,
    /// False while each member of the applicant's team is suspended.
    pub is_available: bool,
}

impl Application {
    /// Fails if the applicant can't be chosen now, because nobody acts for the team.
    pub(crate) fn must_be_available(&self) -> Result<()> {
        if self.is_available { Ok(()) } else { Err(errors::applicant_suspended()) }
    }
}

/// Input for an application. The price is in whole cents; the default is the job's highest budget.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewApplication {
    /// Up to 5,000 characters.
    pub cover_letter: String,
    /// Cents.
    pub price: Option<i64>,
}

impl NewApplication {
    /// Checks both fields; the default price is the job's highest budget.
    pub fn check(&self, budget_max: Money) -> Result<(String, Money)> {
        let mut check = Check::new();
        let letter = check.prose("cover_letter", &self.cover_letter, 0..=5_000);
        let price = check.take(Money::within("proposed_price", self.price.unwrap_or(budget_max.0), crate::job::BUDGET_MIN));
        check.done()?;
        Ok((letter, price.unwrap_or(budget_max)))
    }
}
