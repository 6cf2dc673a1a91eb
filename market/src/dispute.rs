//! What the two sides of a job can't settle themselves: statements, evidence, and a ruling that moves the money at once.
//!
//! Every dispute ends: an admin rules, the opener takes it back, the poster gives in, or the time for a ruling is over and
//! [`default_ruling`] holds.

pub mod errors;
pub(crate) mod events;
mod form;

mod actions;
mod queries;
mod rule;
mod store;

use crate::deliverable::Deliverable;
use crate::id::{DisputeId, EvidenceId, JobId};
use crate::job::{self, Ruling};
use crate::party::Party;
use crate::review::Verdict;
use crate::{Money, Time, text_enum};
pub use actions::{add_evidence, answer, open, withdraw};
pub(crate) use actions::{concede, must_take_evidence, open_by_rejection, show_file};
pub use form::{Decision, NewEvidence, Statement};
pub use queries::{list, show};
pub(crate) use queries::{rules_on, shown_in, to_rule_on};
pub use rule::resolve;
pub(crate) use rule::rule_by_default;
use serde::{Deserialize, Serialize};
pub(crate) use store::unanswered;

/// How much evidence each side can show.
pub const EVIDENCE_MAX: usize = 20;
/// How often each side can open a dispute on one job: taking one back starts clocks anew, and nobody may do that for ever.
pub const OPENED_MAX: i64 = 3;

/// What both sides should know, in their words.
pub const RULES: &str = "Both sides say what happened, once each, and can show evidence until the ruling. An admin of this server \
rules: the money goes to the worker, back to the poster, or to both in parts; the ruling is final and the money moves at once. \
Whoever opened the dispute can take it back until then, and the poster can approve the work. If nobody has ruled in time, \
this holds: if proofers approved or rejected the work, what they found; if none was handed in, the poster is refunded; if the \
other side never answered, the opener is right; otherwise half for each.";

text_enum! {
    /// Where a dispute stands.
    Status {
        /// It waits for a ruling.
        Open = "open",
        /// Ruled on.
        Resolved = "resolved",
        /// Taken back by whoever opened it.
        Withdrawn = "withdrawn",
        /// The poster approved the work meanwhile.
        Conceded = "conceded",
    }
}

text_enum! {
    /// Who ruled.
    Judge {
        /// A person who runs this server.
        Admin = "admin",
        /// Nobody in time: the default ruling.
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
    /// What was agreed: what a split divides.
    pub price: Money,
    /// Who opened it.
    pub side: Party,
    /// Where the job stood then.
    pub came_from: job::Status,
    /// Whether it was opened by rejecting work that the proofers had approved.
    pub by_rejection: bool,
    /// What its opener says.
    pub statement: String,
    /// What the other side says.
    pub answer: Option<String>,
    /// When it said so.
    pub answered_at: Option<Time>,
    /// Where it stands.
    pub status: Status,
    /// When the default ruling holds, unless somebody rules before.
    pub due_at: Time,
    /// What it came to.
    pub ruling: Option<Ruling>,
    /// Why.
    pub reason: Option<String>,
    /// Who ruled.
    pub ruled_by: Option<Judge>,
    /// When it was opened.
    pub created_at: Time,
    /// When it ended.
    pub closed_at: Option<Time>,
}

/// Something one side shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// Who shows it.
    pub side: Party,
    /// What it says.
    pub body: String,
    /// A file of the job.
    pub file_id: Option<String>,
    /// When it was shown.
    pub created_at: Time,
}

/// What a ruling is about, for whoever has to rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseFile {
    /// The brief.
    pub description: String,
    /// All versions of the work, newest first.
    pub deliverables: Vec<Deliverable>,
    /// What the proofers found last.
    pub consensus: Option<Verdict>,
}

/// A dispute in a viewer's eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// What it is about.
    pub dispute: Dispute,
    /// What was shown, oldest first.
    pub evidence: Vec<Evidence>,
    /// What it is about; for an admin who can rule, others read it elsewhere.
    pub matter: Option<CaseFile>,
    /// Which side the viewer is on; none for an admin.
    pub viewer: Option<Party>,
    /// Whether the viewer's answer is waited for.
    pub may_answer: bool,
    /// Whether the viewer can show more.
    pub may_add: bool,
    /// Whether the viewer can take it back.
    pub may_withdraw: bool,
    /// Whether the viewer can rule.
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

    /// What a split gives the worker.
    pub const fn worker_share(&self) -> Option<Money> {
        match self {
            Ruling::Split { worker } => Some(*worker),
            Ruling::Release | Ruling::Refund => None,
        }
    }
}

/// What is known when nobody has ruled in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DefaultFacts {
    /// Who opened it.
    pub opener: Party,
    /// Whether the other side answered.
    pub answered: bool,
    /// Whether any work was handed in.
    pub delivered: bool,
    /// What the proofers found last.
    pub consensus: Option<Verdict>,
    /// What was agreed.
    pub price: Money,
}

/// The ruling if nobody rules in time ([`Rules::ruling_window`](crate::Rules::ruling_window) after it was opened).
///
/// 1. The proofers approved: to the worker. They rejected: back to the poster. Whoever disputes their word needs a person
///    who agrees; the other side's silence is not enough.
/// 2. No work was handed in: back to the poster.
/// 3. Nobody answered: for the opener.
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

/// Where a job goes when its dispute is taken back.
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

/// Whoever takes a dispute back gives in on what was decided last, and no more: a poster approves what was handed in and
/// not rejected, a worker accepts a rejection. Where nothing was decided, the job goes on from where it stood.
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
