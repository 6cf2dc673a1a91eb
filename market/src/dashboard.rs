//! The reads of the dashboards across jobs, applications, ratings and the ledger. Nothing here acts.

mod compare;
mod earnings;

mod queries;
mod store;

pub use compare::{Applicant, Order, PendingApplication};
pub use earnings::{DAYS_MAX, Earned, Earnings};
use kernel::id::JobId;
use kernel::{Money, Time};
pub use queries::{applicants, choice, choosing, cooling, earnings, moves, needed, posted, reviewed, spending, stages, tasks};
use serde::{Deserialize, Serialize};
use work::job::{Cost, Facts, NextMove, Seats, Status, next_move};
use work::party::Party;
use work::review::{Settings, Verdict};

/// The number of a team's jobs with one status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The status.
    pub status: Status,
    /// The number.
    pub jobs: i64,
}

/// A job that waits for its poster, with the facts that the next step depends on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Need {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// The status.
    pub status: Status,
    /// When its default outcome happens.
    pub due_at: Option<Time>,
    /// The chosen worker's name.
    pub worker: Option<String>,
    /// The agreed price.
    pub price: Option<Money>,
    /// The service fee on top of the price, in basis points.
    pub fee_bps: i64,
    /// The number of pending applications to do it.
    pub offers: i64,
    /// The number of proofers that the poster asked for.
    pub proofer_count: i64,
    /// The number of seats taken in this round.
    pub seats: i64,
    /// The number of those that are not funded yet.
    pub unfunded: i64,
    /// The cost of funding them.
    pub unfunded_cost: Money,
    /// The number of pending applications to proof it.
    pub proof_offers: i64,
    /// The result of the last round.
    pub consensus: Option<Verdict>,
    /// The number of delivered versions.
    pub versions: i64,
    /// The side whose answer an open dispute waits for.
    pub unanswered: Option<Party>,
}

impl Need {
    /// Computes the next move.
    pub fn next_move(&self) -> NextMove {
        next_move(&Facts {
            status: self.status,
            applications: self.offers,
            seats: Some(Seats { asked: self.proofer_count, taken: self.seats, unfunded: self.unfunded, applications: self.proof_offers }),
            consensus: self.consensus,
            unanswered: self.unanswered,
            due_at: self.due_at,
        })
    }

    /// Computes the cost at the agreed price; nothing before an application was accepted.
    pub fn cost(&self) -> Cost {
        self.price.map_or_else(Cost::default, |price| Cost::new(price, self.fee_bps))
    }
}

/// The spending of a poster.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spending {
    /// The available balance.
    pub available: Money,
    /// The amount in escrow, fees included.
    pub held: Money,
    /// The number of jobs it is held for.
    pub held_jobs: i64,
    /// The amount paid to others, fees included, for jobs that closed lately.
    pub spent: Money,
    /// The number of those jobs.
    pub spent_jobs: i64,
    /// The amount refunded from jobs that closed lately.
    pub refunded: Money,
    /// The number of those jobs.
    pub refunded_jobs: i64,
}

/// An open job with applications to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HireChoice {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// The service fee on top of the price, in basis points.
    pub fee_bps: i64,
    /// The most that its poster would pay.
    pub budget_max: Money,
    /// The number of proofers; 0 without a review.
    pub proofer_count: i64,
    /// The fee of each proofer for a round.
    pub proof_fee: Money,
    /// The number of rounds that are paid without asking again.
    pub proof_rounds: i64,
    /// The number of pending applications.
    pub offers: i64,
}

impl HireChoice {
    /// Returns the review settings that its costs depend on.
    pub fn proofing(&self) -> Settings {
        let Self { proofer_count, proof_fee, proof_rounds, .. } = *self;
        Settings { proof_required: proofer_count > 0, proofer_count, proof_fee, proof_rounds, ..Settings::default() }
    }

    /// Computes the cost at the price of an application.
    pub fn cost_at(&self, price: Money) -> Cost {
        Cost::new(price, self.fee_bps)
    }
}

/// A review round on one of the poster's jobs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewedJob {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// The status.
    pub status: Status,
    /// The number of the round.
    pub round: i64,
    /// The number of proofers that the poster asked for.
    pub proofer_count: i64,
    /// The number of submitted verdicts.
    pub verdicts: i64,
    /// The number of verdicts that approve.
    pub approve: i64,
    /// The number of verdicts that ask for a revision.
    pub needs_revision: i64,
    /// The number of verdicts that reject.
    pub reject: i64,
    /// The result of the round; none while it runs.
    pub consensus: Option<Verdict>,
    /// The mean score of the round; none before the first verdict.
    pub score: Option<i64>,
    /// When its default outcome happens.
    pub due_at: Option<Time>,
}

/// An unfinished job of a worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// The status.
    pub status: Status,
    /// When its default outcome happens.
    pub due_at: Option<Time>,
    /// The price that the worker receives.
    pub price: Money,
    /// The number of delivered versions.
    pub versions: i64,
    /// The result of the last round.
    pub consensus: Option<Verdict>,
    /// The side whose answer an open dispute waits for.
    pub unanswered: Option<Party>,
}

impl Task {
    /// Computes the next move, as the worker may know it.
    pub fn next_move(&self) -> NextMove {
        next_move(&Facts {
            status: self.status,
            applications: 0,
            seats: None,
            consensus: self.consensus,
            unanswered: self.unanswered,
            due_at: self.due_at,
        })
    }
}
