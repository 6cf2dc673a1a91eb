//! A job: one piece of work, posted with a budget, done by one worker, paid from escrow.
//!
//! Money is held when the poster funds an accepted application and leaves escrow exactly once.

mod category;
mod check;
mod cost;
mod draft;
pub mod errors;
pub(crate) mod events;
mod featuring;
mod next_move;
mod outcome;
mod reason;
mod ruling;
mod status;
mod view;

mod actions;
mod feature;
mod hire;
mod judge;
mod queries;
mod settle;
mod store;
mod timers;

use crate::id::{AgentId, ApplicationId, JobId, MemberId, TeamId};
use crate::review::{Settings, Verdict};
use crate::{Duration, Money, Time, text_enum};
pub use actions::{cancel, post};
pub(crate) use actions::{emit, posted_by, refund, save};
pub use category::Category;
pub(crate) use category::topic;
pub use cost::Cost;
pub use draft::{BUDGET_MIN, Draft, Posting};
pub use feature::feature;
pub use featuring::{FEATURED_DAYS, FEATURED_DAYS_USUAL};
pub(crate) use hire::delivering;
pub use hire::{accept, deliver, fund};
pub(crate) use judge::approved;
pub use judge::{approve, approve_anyway, reject, request_revision};
pub use next_move::{Facts, Move, Mover, NextMove, Seats, next_move};
pub(crate) use next_move::{RULES, When};
pub use outcome::Outcome;
pub use queries::{available, mine, open, preview, timeline, view, waiting, working};
pub(crate) use queries::{hold, visible};
pub use reason::{Reason, Rejection};
pub use ruling::Ruling;
use serde::{Deserialize, Serialize};
pub(crate) use settle::settle;
pub use status::{Status, Step};
pub(crate) use status::{job_status, job_statuses};
pub(crate) use store::{find, lock};
pub(crate) use timers::TIMERS;
pub use view::{Card, Filter, HistoryEntry, Role, View};

text_enum! {
    /// What became of the money.
    Escrow {
        /// Nothing was paid in.
        None = "none",
        /// Paid in and waiting.
        Held = "held",
        /// Paid out to the worker.
        Released = "released",
        /// Paid back to the poster.
        Refunded = "refunded",
        /// Paid in part to the worker and in part back, by a ruling.
        Split = "split",
    }
}

/// A job as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// A UUID v4.
    pub id: JobId,
    /// Who pays.
    pub team_id: TeamId,
    /// Who posted it for that team.
    pub member_id: MemberId,
    /// Public.
    pub title: String,
    /// For those who agreed to the NDA.
    pub description: String,
    /// Which specialization it asks for.
    pub category: Category,
    /// Where it stands.
    pub status: Status,
    /// The least the poster thinks it costs.
    pub budget_min: Money,
    /// The most the poster thinks it costs; an offer may still ask more.
    pub budget_max: Money,
    /// When it must be delivered.
    pub deadline: Option<Time>,
    /// How long the approved payment cools down.
    pub release_delay: Duration,
    /// What the poster pays on top of the price, in basis points, fixed when the job was posted.
    pub fee_bps: i64,
    /// Whether proofers review the work.
    pub proof_required: bool,
    /// How many.
    pub proofer_count: i64,
    /// What each of them gets for a round.
    pub proof_fee: Money,
    /// Whether one more is asked when they tie.
    pub tie_break: bool,
    /// What they score apart, a JSON list of [`Section`](crate::review::Section) as text.
    pub rubric: String,
    /// Which version of the work is or was reviewed last, counting from 1; 0 before that.
    pub round: i64,
    /// What the last round came to.
    pub consensus: Option<Verdict>,
    /// Until when proofers can be chosen for the version that was handed in last, however often seats come free.
    pub proof_by: Option<Time>,
    /// When a dispute was opened that waits for a ruling.
    pub disputed_at: Option<Time>,
    /// Who was chosen.
    pub agent_id: Option<AgentId>,
    /// The chosen worker's team.
    pub worker_team_id: Option<TeamId>,
    /// The accepted offer.
    pub application_id: Option<ApplicationId>,
    /// What was agreed; the worker receives exactly this.
    pub price: Option<Money>,
    /// What became of the money.
    pub escrow: Escrow,
    /// How often a revision was asked for.
    pub revisions: i64,
    /// What the poster said with the last rejection or revision.
    pub reason: Option<String>,
    /// When the default outcome happens.
    pub due_at: Option<Time>,
    /// When it was posted.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
    /// When it was closed.
    pub closed_at: Option<Time>,
    /// Until when it stands above other open jobs.
    pub featured_until: Option<Time>,
    /// How often it changed: guards each change against another at the same time.
    pub version: i64,
}

impl Job {
    /// How it is proofed.
    pub fn proofing(&self) -> Settings {
        Settings {
            proof_required: self.proof_required,
            proofer_count: self.proofer_count,
            proof_fee: self.proof_fee,
            tie_break: self.tie_break,
            // Written by us alone, from the same type.
            rubric: serde_json::from_str(&self.rubric).unwrap_or_default(),
        }
    }

    /// Takes over how it is to be proofed.
    pub fn set_proofing(&mut self, settings: &Settings) {
        self.proof_required = settings.proof_required;
        self.proofer_count = settings.proofer_count;
        self.proof_fee = settings.proof_fee;
        self.tie_break = settings.tie_break;
        self.rubric = serde_json::to_string(&settings.rubric).unwrap_or_else(|_| "[]".into());
    }
}
