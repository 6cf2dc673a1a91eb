//! The review of a job as it is stored: one row for each job that asks for proofers.

use super::{Settings, Verdict, store};
use crate::job::Job;
use kernel::{Error, Money, Result, Time};
use platform::db::Tx;
use serde::{Deserialize, Serialize};

/// A job's review: what its poster asks for, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The settings; they ask for proofers.
    pub settings: Settings,
    /// The current or last round, counting from 1; 0 before the first.
    pub round: i64,
    /// The consensus of the last round.
    pub consensus: Option<Verdict>,
    /// The time after which no more choosing of proofers is granted in this round, however often seats are freed.
    pub round_ends_by: Option<Time>,
}

impl Review {
    /// Begins a review with these settings; none if they ask for no proofers.
    pub fn of(settings: Settings) -> Option<Self> {
        settings.proof_required.then_some(Self { settings, round: 0, consensus: None, round_ends_by: None })
    }
}

/// The columns of a job's review, all empty for a job without one.
#[derive(Deserialize)]
pub(crate) struct ReviewColumns {
    proofer_count: Option<i64>,
    proof_fee: Option<Money>,
    proof_rounds: Option<i64>,
    tie_break: Option<bool>,
    rubric: Option<String>,
    round: Option<i64>,
    consensus: Option<Verdict>,
    round_ends_by: Option<Time>,
}

impl ReviewColumns {
    /// Returns the review.
    ///
    /// # Errors
    /// Returns the contradiction as a sentence for the log.
    pub(crate) fn review(self) -> Result<Option<Review>, &'static str> {
        let (Some(proofer_count), Some(proof_fee), Some(proof_rounds), Some(tie_break), Some(rubric), Some(round)) =
            (self.proofer_count, self.proof_fee, self.proof_rounds, self.tie_break, self.rubric, self.round)
        else {
            return Ok(None);
        };
        let rubric = serde_json::from_str(&rubric).map_err(|_| "the rubric can't be read")?;
        let settings = Settings { proof_required: true, proofer_count, proof_fee, proof_rounds, tie_break, rubric };
        if settings.proofer_count < 1 {
            return Err("a review has no proofers");
        }
        if round == 0 && self.consensus.is_some() {
            return Err("a consensus without a round");
        }
        Ok(Some(Review { settings, round, consensus: self.consensus, round_ends_by: self.round_ends_by }))
    }
}

/// Stores a job's review as it is now. Only [`job::save`](crate::job) and the act that posts call it, with the job locked.
pub(crate) async fn save(tx: &mut Tx, job: &Job) -> Result<()> {
    let review = job.review.as_ref().ok_or_else(Error::internal)?;
    store::save(tx, job, review).await
}
