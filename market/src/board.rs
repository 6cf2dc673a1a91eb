//! What the dashboards count, sum and compare: reads across jobs, offers, ratings and the ledger. Nothing here acts.

mod compare;
mod earnings;
mod fit;

mod queries;
mod store;

use crate::id::JobId;
use crate::job::Status;
use crate::proof::Verdict;
use crate::{Money, Time};
pub use compare::{Applicant, Offer, Order};
pub use earnings::{DAYS_MOST, Earned, Earnings};
pub use fit::{Fit, Match, Pay};
pub use queries::{
    applicants, choice, choosing, cooling, earnings, fit, matching, moves, needed, posted, reviewed, spending, stages, tasks,
};
use serde::{Deserialize, Serialize};

/// How many of a team's jobs stand somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Where.
    pub status: Status,
    /// How many.
    pub jobs: i64,
}

/// A job that waits for the one who posted it, with what the next step depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// When its default outcome happens.
    pub due_at: Option<Time>,
    /// The chosen worker's name.
    pub worker: Option<String>,
    /// What was agreed.
    pub price: Option<Money>,
    /// What the poster pays on top of it, in basis points.
    pub fee_bps: i64,
    /// How many offers to do it wait.
    pub offers: i64,
    /// How many proofers it is to have.
    pub proofer_count: i64,
    /// How many are chosen for this round, or have judged it.
    pub seats: i64,
    /// How many of those are chosen and not funded yet.
    pub unfunded: i64,
    /// What funding them costs.
    pub unfunded_cost: Money,
    /// How many offers to proof it wait.
    pub proof_offers: i64,
    /// What the last round came to.
    pub consensus: Option<Verdict>,
    /// When a dispute was opened that waits for a ruling.
    pub disputed_at: Option<Time>,
    /// How many disputes of the other side wait for the poster's answer: one at most.
    pub unanswered: i64,
}

/// What a poster's money does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spending {
    /// To spend now.
    pub available: Money,
    /// In escrow now, fees included.
    pub held: Money,
    /// For how many jobs.
    pub held_jobs: i64,
    /// What others were paid, fees included, for jobs that closed lately.
    pub spent: Money,
    /// How many jobs that was.
    pub spent_jobs: i64,
    /// What came back from jobs that closed lately.
    pub refunded: Money,
    /// From how many.
    pub refunded_jobs: i64,
}

/// An open job with offers to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// What the poster pays on top of the price, in basis points.
    pub fee_bps: i64,
    /// How many offers wait.
    pub offers: i64,
}

/// A round of proofs on one of the poster's jobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// Which version of the work is judged.
    pub round: i64,
    /// How many proofers it is to have.
    pub proofer_count: i64,
    /// How many verdicts are in.
    pub verdicts: i64,
    /// How many of them approve.
    pub approve: i64,
    /// How many want changes.
    pub needs_revision: i64,
    /// How many refuse.
    pub reject: i64,
    /// What the round came to; none while it runs.
    pub consensus: Option<Verdict>,
    /// The mean score of the round; none before the first verdict.
    pub score: Option<i64>,
    /// When its default outcome happens.
    pub due_at: Option<Time>,
}

/// A job that a worker has at hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub status: Status,
    /// When its default outcome happens.
    pub due_at: Option<Time>,
    /// What it pays.
    pub price: Money,
    /// How many versions were handed in.
    pub versions: i64,
    /// When a dispute was opened that waits for a ruling.
    pub disputed_at: Option<Time>,
    /// How many disputes of the other side wait for the worker's answer: one at most.
    pub unanswered: i64,
}
