//! Disputes between the two sides of a job: statements, evidence, and a ruling that moves the money at once.
//!
//! Every dispute ends: an admin rules, the opener withdraws it, the poster concedes, or the time for a ruling is over and
//! [`default_ruling`] holds.

pub mod errors;
pub mod events;
mod form;

mod actions;
mod queries;
mod rule;
mod store;

use crate::deliverable::Deliverable;
use crate::job::{self, Ruling};
use crate::party::Party;
use crate::review::Verdict;
pub use actions::{add_evidence, answer, open, withdraw};
pub(crate) use actions::{concede, must_take_evidence, open_by_rejection, show_file};
pub use form::{Decision, NewEvidence, Statement};
use kernel::id::{DisputeId, EvidenceId, JobId};
use kernel::{Money, Time, text_enum};
pub(crate) use queries::{is_a_side, is_admin, shown_in};
pub use queries::{list, show};
pub use rule::resolve;
pub(crate) use rule::rule_by_default;
use serde::{Deserialize, Serialize};

/// The most pieces of evidence of each side.
pub const EVIDENCE_MAX: usize = 20;
/// The most disputes that each side can open on a job. Withdrawing one restarts timers, so the number is limited.
pub const OPENED_MAX: i64 = 3;

/// The rules of disputes, for both sides.
pub const RULES: &str = "Both sides say what happened, once each, and can show evidence until the ruling. An admin of this server \
rules: the money goes to the worker, back to the poster, or to both in parts; the ruling is final and the money moves at once. \
Whoever opened the dispute can take it back until then, and the poster can approve the work. If nobody has ruled in time, \
this holds: if proofers approved or rejected the work, what they found; if none was handed in, the poster is refunded; if the \
other side never answered, the opener is right; otherwise half for each.";

text_enum! {
    /// The status of a dispute.
    Status {
        /// It waits for a ruling.
        Open = "open",
        /// Ruled on.
        Resolved = "resolved",
        /// Withdrawn by its opener.
        Withdrawn = "withdrawn",
        /// The poster approved the work meanwhile.
        Conceded = "conceded",
    }
}

text_enum! {
    /// The judge of a dispute.
    Judge {
        /// A person who runs this server.
        Admin = "admin",
        /// The timer, with the default ruling.
        Timer = "timer",
    }
}

/// A dispute.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dispute {
    /// Its id.
    pub id: DisputeId,
    /// About which job.
    pub job_id: JobId,
    /// The job's title.
    pub job_title: String,
    /// The poster's team.
    pub poster: String,
    /// The worker's profile.
    pub worker: String,
    /// The agreed price, which a split divides.
    pub price: Money,
    /// The side that opened it.
    pub side: Party,
    /// The job's status when it was opened.
    pub came_from: job::Status,
    /// True if it was opened by rejecting work that the proofers had approved.
    pub by_rejection: bool,
    /// The opener's statement.
    pub statement: String,
    /// The other side's statement.
    pub answer: Option<String>,
    /// The time of the answer.
    pub answered_at: Option<Time>,
    /// The status.
    pub status: Status,
    /// The time from which the default ruling holds.
    pub due_at: Time,
    /// The ruling.
    pub ruling: Option<Ruling>,
    /// Why.
    pub reason: Option<String>,
    /// The judge of a dispute.
    pub ruled_by: Option<Judge>,
    /// When it was opened.
    pub created_at: Time,
    /// When it ended.
    pub closed_at: Option<Time>,
}

/// A piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// The side that shows it.
    pub side: Party,
    /// The text.
    pub body: String,
    /// A file of the job.
    pub file_id: Option<String>,
    /// When it was shown.
    pub created_at: Time,
}

/// The case file for an admin who has to rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The brief.
    pub description: String,
    /// All versions of the work, newest first.
    pub deliverables: Vec<Deliverable>,
    /// The consensus of the last round.
    pub consensus: Option<Verdict>,
}

/// A dispute as its viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The dispute.
    pub dispute: Dispute,
    /// The evidence, oldest first.
    pub evidence: Vec<Evidence>,
    /// The case file, for an admin who can rule.
    pub matter: Option<CaseFile>,
    /// The viewer's side; none for an admin.
    pub viewer: Option<Party>,
    /// True if the viewer's side has to answer.
    pub may_answer: bool,
    /// True if the viewer can add evidence.
    pub may_add: bool,
    /// True if the viewer can withdraw it.
    pub may_withdraw: bool,
    /// True if the viewer can rule.
    pub may_rule: bool,
}

impl Ruling {
    /// Its word: `release`, `refund` or `split`.
    pub const fn word(&self) -> &'static str {
        match self {
            Ruling::Release => "release",
            Ruling::Refund => "refund",
            Ruling::Split { .. } => "split",
        }
    }

    /// The worker's share in a split.
    pub const fn worker_share(&self) -> Option<Money> {
        match self {
            Ruling::Split { worker } => Some(*worker),
            Ruling::Release | Ruling::Refund => None,
        }
    }
}

/// The facts that decide the default ruling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultFacts {
    /// The side that opened it.
    pub opener: Party,
    /// True if the other side answered.
    pub answered: bool,
    /// True if any work was delivered.
    pub delivered: bool,
    /// The consensus of the last round.
    pub consensus: Option<Verdict>,
    /// The agreed price.
    pub price: Money,
}

/// The ruling if nobody rules in time ([`Rules::ruling_window`](platform::Rules::ruling_window) after it was opened).
///
/// 1. The proofers approved: to the worker. They rejected: back to the poster. Only an admin can overrule a consensus; the other
///    side's silence can't.
/// 2. No work was handed in: back to the poster.
/// 3. The other side did not answer: for the opener.
/// 4. Else half for each; an odd cent goes to the worker.
pub fn default_ruling(known: DefaultFacts) -> Ruling {
    match (known.consensus, known.delivered, known.answered, known.opener) {
        (Some(Verdict::Approve), ..) => Ruling::Release,
        (Some(Verdict::Reject), ..) | (_, false, ..) => Ruling::Refund,
        (_, _, false, Party::Poster) => Ruling::Refund,
        (_, _, false, Party::Worker) => Ruling::Release,
        (_, _, true, _) => Ruling::Split { worker: Money(known.price.0 - known.price.0 / 2) },
    }
}

/// The state of a job after its dispute was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterWithdrawal {
    /// The worker goes on.
    Work,
    /// The poster judges the delivery.
    Judging,
    /// The proofers' approval waits for the poster's word.
    Passed,
    /// The work counts as approved.
    Approved,
    /// The rejection waits for its timer again.
    Rejected,
    /// The rejection stands: the poster is refunded at once.
    Refunded,
}

/// Returns the state after a withdrawal. The opener accepts the last decision and no more: a poster approves delivered work that
/// was not rejected, a worker accepts a rejection. Without a decision the job continues from its old status.
pub const fn after_withdrawal(opener: Party, came_from: job::Status) -> AfterWithdrawal {
    use job::Status;
    match (came_from, opener) {
        (Status::Delivered, Party::Poster) | (Status::Approved, Party::Poster) | (Status::Releasing, _) => AfterWithdrawal::Approved,
        (Status::Delivered, Party::Worker) => AfterWithdrawal::Judging,
        (Status::Approved, Party::Worker) => AfterWithdrawal::Passed,
        (Status::Disputed, Party::Poster) => AfterWithdrawal::Rejected,
        (Status::Disputed, Party::Worker) => AfterWithdrawal::Refunded,
        _ => AfterWithdrawal::Work,
    }
}

#[cfg(test)]
mod tests;
