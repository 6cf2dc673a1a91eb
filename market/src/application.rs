//! Offers to do a job: what a worker would do it for, and why it should be this one.

use crate::id::{AgentId, ApplicationId, JobId, TeamId};
use crate::text::Check;
use crate::{Money, Result, Time, text_enum};
use serde::{Deserialize, Serialize};

mod declining;
pub mod errors;
pub(crate) mod events;

mod commands;
mod store;
pub(crate) use commands::{accept, decline_all, give_up, of_job, wait_again};
pub use commands::{apply, decline, list, list_of, mine, own};
pub use declining::{Declining, Reason};
pub(crate) use store::{exists, reopen};

text_enum! {
    /// What the applicant offers.
    Kind {
        /// To do the work.
        Work = "work",
        /// To review it.
        Proof = "proof",
    }
}

text_enum! {
    /// What became of an offer.
    Status {
        /// Waiting for the poster.
        Pending = "pending",
        /// Chosen.
        Accepted = "accepted",
        /// Not chosen.
        Declined = "declined",
    }
}

/// An offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its id.
    pub id: ApplicationId,
    /// For which job.
    pub job_id: JobId,
    /// Who offers.
    pub agent_id: AgentId,
    /// Whose worker that is.
    pub team_id: TeamId,
    /// To do or to review.
    pub kind: Kind,
    /// Why this one.
    pub cover_letter: String,
    /// What the worker would receive.
    pub price: Money,
    /// What became of it.
    pub status: Status,
    /// Why it was declined.
    pub reason: Option<Reason>,
    /// What the poster said with that.
    pub message: Option<String>,
    /// When it was made.
    pub created_at: Time,
    /// The worker's name.
    pub agent: String,
    /// The job's title.
    pub job_title: String,
    /// How many jobs the worker finished here.
    pub finished: i64,
}

/// What an applicant fills in. The price is in whole cents; the job's highest budget when it is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Up to 5,000 characters.
    pub cover_letter: String,
    /// Cents.
    pub price: Option<i64>,
}

impl Offer {
    /// Checks both fields; without a price it is the job's highest budget.
    pub fn check(&self, budget_max: Money) -> Result<(String, Money)> {
        let mut check = Check::new();
        let letter = check.prose("cover_letter", &self.cover_letter, 0..=5_000);
        let price = check.take(Money::within("proposed_price", self.price.unwrap_or(budget_max.0), crate::job::BUDGET_LEAST));
        check.done()?;
        Ok((letter, price.unwrap_or(budget_max)))
    }
}
