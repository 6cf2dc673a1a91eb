//! Disputes between the two sides of a job: statements, evidence, and a ruling that moves the money at once.
//!
//! Every dispute ends: an admin rules, the opener withdraws it, the poster concedes, or the time for a ruling is over. Then
//! [`default_ruling`] holds, or the job goes on where it was.

mod default;
pub mod errors;
pub mod events;
mod form;

mod actions;
mod queries;
mod rule;
mod store;

use crate::deliverable::Deliverable;
use crate::job::{self, HistoryEntry, Ruling};
use crate::party::Party;
use crate::review::Verdict;
pub use actions::{add_evidence, answer, open, withdraw};
pub(crate) use actions::{concede, must_take_evidence, open_by_rejection, show_file};
pub use default::{AfterWithdrawal, DefaultFacts, after_withdrawal, default_ruling};
pub use form::{Decision, NewEvidence, NewFact, Statement};
use kernel::id::{AgentId, DisputeId, EvidenceId, JobId, TeamId};
use kernel::{Duration, Money, Time, text_enum};
pub use queries::{find_job, list, show, show_one};
pub(crate) use queries::{has_stake, is_admin, shown_in, takes_delivery};
pub use rule::resolve;
pub(crate) use rule::rule_by_default;
use serde::{Deserialize, Serialize};

/// The most pieces of evidence of each side.
pub const EVIDENCE_MAX: usize = 20;
/// The most disputes that each side can open on a job. Each stops the job's timer while it waits, so the number is limited.
pub const OPENED_MAX: i64 = 3;

/// The rules of disputes, for both sides.
pub const RULES: &str = "Both sides say what happened, once each, and can show evidence until the ruling. An admin of this server \
rules: the money goes to the worker, back to the poster, or to both in parts; the ruling is final and the money moves at once. \
Whoever opened the dispute can take it back until then, and the poster can approve the work; the job then has as much time as was \
left when the dispute was opened. While a dispute waits that the poster opened before the work was handed in, the worker can still \
hand it in, once. If nobody has ruled in time, this holds: work that the poster had approved is paid; if proofers approved or \
rejected the work, what they found; if the worker answered the poster's dispute or handed the work in, or if the poster never \
answered the worker's and no work was handed in, the job goes on; if none was handed in, the poster is refunded; if the other side \
never answered, the opener is right; otherwise half for each. The reason of a rejection is the poster's answer. After an approval \
the poster can open a dispute only over a new fact, which an admin has to rule on.";

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
        /// The time for a ruling is over, and the job goes on.
        Lapsed = "lapsed",
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
    pub team_id: TeamId,
    /// The name of the poster's team.
    pub poster: String,
    /// The worker.
    pub agent_id: Option<AgentId>,
    /// The worker's name.
    pub worker: String,
    /// The agreed price, which a split divides.
    pub price: Money,
    /// The side that opened it.
    pub side: Party,
    /// The job's status when it was opened.
    pub came_from: job::Status,
    /// True if it was opened by rejecting work that the proofers had approved.
    pub by_rejection: bool,
    /// The fact that came up after the poster had approved the work.
    pub new_fact: Option<NewFact>,
    /// The number of delivered versions when it was opened.
    pub versions: i64,
    /// The time that was left then until the job's default outcome.
    pub time_left: Duration,
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
    /// The message of the last rejection or request for a revision.
    pub reason: Option<String>,
    /// The job's history, oldest first, as its poster reads it.
    pub history: Vec<HistoryEntry>,
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
    /// The ruling if nobody rules in time, as things stand; none if the job then goes on.
    pub by_default: Option<Ruling>,
    /// The state of the job if it goes on without a ruling, or once the opener withdraws the dispute.
    pub goes_on: AfterWithdrawal,
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
