//! The next move of a job: one table of rules, read by the job's page, both dashboards and the dialects.
//!
//! The dashboards select their jobs in SQL; the condition is written from the same table (`dashboard/store/moves.rs`).

use super::{Outcome, Role, Status};
use crate::party::Party;
use crate::review::Verdict;
use kernel::{Time, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The party that has the next move.
    Mover {
        /// Any worker, or any proofer, may apply.
        Anyone = "anyone",
        /// The poster.
        Poster = "poster",
        /// The worker.
        Worker = "worker",
        /// The proofers whose verdict is due.
        Proofers = "proofers",
        /// An admin of this server.
        Admin = "admin",
        /// No party: a timer acts.
        Timer = "timer",
        /// No party: the job is over.
        Nobody = "nobody",
    }
}

text_enum! {
    /// The next move of a job.
    Move {
        /// Apply to do the work.
        Apply = "apply",
        /// Choose an application.
        Choose = "choose_application",
        /// Pay the price and the fee into escrow.
        Fund = "fund",
        /// Hand in the work.
        Deliver = "deliver",
        /// Hand in a new version.
        DeliverAgain = "deliver_revision",
        /// Approve the work, ask for a revision, or reject it.
        Judge = "judge",
        /// Apply to proof the work.
        ApplyToProof = "apply_to_proof",
        /// Choose proofers.
        ChooseProofers = "choose_proofers",
        /// Pay the proofers' fees into escrow.
        FundReview = "fund_review",
        /// Give a verdict.
        GiveVerdict = "give_verdict",
        /// Release the payment, or contest what the proofers found.
        Release = "release",
        /// Pay the worker when the release delay ends.
        PayWorker = "pay_worker",
        /// Answer the dispute.
        Answer = "answer_dispute",
        /// Rule on the dispute.
        Rule = "rule",
        /// Approve the rejected work after all, or wait for the refund.
        Reconsider = "reconsider",
        /// No move: the job is over.
        Nothing = "nothing",
    }
}

/// The next move of a job and what happens without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextMove {
    /// The party that has the move.
    pub who: Mover,
    /// The move.
    pub what: Move,
    /// The default outcome; none once the job is over.
    pub otherwise: Option<Outcome>,
    /// When the default outcome happens.
    pub at: Option<Time>,
}

impl NextMove {
    /// Returns true if a viewer in this role has the move. A proofer has it by its own seat, which the review tells.
    pub fn is_for(&self, role: Role) -> bool {
        match self.who {
            Mover::Poster => role == Role::Poster,
            Mover::Worker => role == Role::Worker,
            Mover::Anyone | Mover::Proofers | Mover::Admin | Mover::Timer | Mover::Nobody => false,
        }
    }
}

/// The seats of the current round, as the poster knows them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seats {
    /// The number of seats that the poster asked for.
    pub asked: i64,
    /// The number of seats that were not freed.
    pub taken: i64,
    /// The number of accepted seats that are not funded.
    pub unfunded: i64,
    /// The number of pending applications to proof the work.
    pub applications: i64,
}

impl Seats {
    /// Returns true if all seats are taken and some wait for their fee. After a tie one more seat than was asked for is needed.
    fn are_filled(self) -> bool {
        self.taken >= self.asked && self.unfunded > 0
    }
}

/// The facts that the next move depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The status of the job.
    pub status: Status,
    /// The number of pending applications to do the work.
    pub applications: i64,
    /// The seats of the current round; none for viewers who may not know them.
    pub seats: Option<Seats>,
    /// The consensus of the last round; none for viewers who may not know it.
    pub consensus: Option<Verdict>,
    /// The side whose answer the open dispute waits for.
    pub unanswered: Option<Party>,
    /// When the default outcome happens.
    pub due_at: Option<Time>,
}

impl Facts {
    /// Hides the facts that a viewer in this role may not know.
    pub fn known_to(self, role: Role) -> Self {
        let is_side = matches!(role, Role::Poster | Role::Worker);
        Self {
            // A visitor is not told whether others applied, and may apply.
            applications: if role == Role::Visitor { 0 } else { self.applications },
            // Only the poster is told who was chosen to proof the work, and that somebody was.
            seats: self.seats.filter(|_| role == Role::Poster),
            consensus: self.consensus.filter(|_| is_side),
            unanswered: self.unanswered.filter(|_| is_side),
            ..self
        }
    }
}

/// Computes the next move.
pub fn next_move(facts: &Facts) -> NextMove {
    let rule = RULES.iter().find(|rule| rule.status == facts.status && rule.when.holds(facts));
    let (who, what) = rule.map_or((Mover::Nobody, Move::Nothing), |rule| (rule.who, rule.what));
    NextMove { who, what, otherwise: Outcome::of(facts.status, facts.consensus), at: facts.due_at }
}

/// The condition of a rule beside the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// No other rule of the status holds.
    Otherwise,
    /// An application to do the work is pending.
    Applied,
    /// All seats are taken, and some wait for their fee.
    SeatsFilled,
    /// An application to proof the work is pending, or the viewer may not know.
    ProofersApplied,
    /// An open dispute waits for the poster's answer.
    PosterAnswers,
    /// An open dispute waits for the worker's answer.
    WorkerAnswers,
}

impl When {
    fn holds(self, facts: &Facts) -> bool {
        match self {
            When::Otherwise => true,
            When::Applied => facts.applications > 0,
            When::SeatsFilled => facts.seats.is_some_and(Seats::are_filled),
            When::ProofersApplied => facts.seats.is_none_or(|seats| seats.applications > 0),
            When::PosterAnswers => facts.unanswered == Some(Party::Poster),
            When::WorkerAnswers => facts.unanswered == Some(Party::Worker),
        }
    }
}

/// A rule: in this status and under this condition, this party has this move.
pub struct Rule {
    /// The status.
    pub status: Status,
    /// The condition beside it.
    pub when: When,
    /// Whose move it is.
    pub who: Mover,
    what: Move,
}

const fn rule(status: Status, when: When, who: Mover, what: Move) -> Rule {
    Rule { status, when, who, what }
}

/// All rules; of a status the first that holds counts.
pub const RULES: &[Rule] = &[
    rule(Status::Open, When::Applied, Mover::Poster, Move::Choose),
    rule(Status::Open, When::Otherwise, Mover::Anyone, Move::Apply),
    rule(Status::PendingEscrow, When::Otherwise, Mover::Poster, Move::Fund),
    rule(Status::InProgress, When::Otherwise, Mover::Worker, Move::Deliver),
    rule(Status::RevisionRequested, When::Otherwise, Mover::Worker, Move::DeliverAgain),
    rule(Status::Delivered, When::Otherwise, Mover::Poster, Move::Judge),
    rule(Status::PendingProof, When::SeatsFilled, Mover::Poster, Move::FundReview),
    rule(Status::PendingProof, When::ProofersApplied, Mover::Poster, Move::ChooseProofers),
    rule(Status::PendingProof, When::Otherwise, Mover::Anyone, Move::ApplyToProof),
    rule(Status::InReview, When::Otherwise, Mover::Proofers, Move::GiveVerdict),
    rule(Status::Approved, When::Otherwise, Mover::Poster, Move::Release),
    rule(Status::Releasing, When::Otherwise, Mover::Timer, Move::PayWorker),
    rule(Status::Rejected, When::Otherwise, Mover::Poster, Move::Reconsider),
    rule(Status::Disputed, When::PosterAnswers, Mover::Poster, Move::Answer),
    rule(Status::Disputed, When::WorkerAnswers, Mover::Worker, Move::Answer),
    rule(Status::Disputed, When::Otherwise, Mover::Admin, Move::Rule),
    rule(Status::Completed, When::Otherwise, Mover::Nobody, Move::Nothing),
    rule(Status::Cancelled, When::Otherwise, Mover::Nobody, Move::Nothing),
    rule(Status::Expired, When::Otherwise, Mover::Nobody, Move::Nothing),
];

#[cfg(test)]
mod tests;
