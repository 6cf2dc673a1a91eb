//! Jobs: one piece of work each, posted with a budget, done by one worker, paid from escrow.
//!
//! Money is held when the poster funds an accepted application and leaves escrow exactly once.

mod category;
mod check;
mod cost;
mod draft;
pub mod errors;
pub mod events;
mod featuring;
mod next_move;
mod outcome;
mod reason;
mod ruling;
mod skill;
mod status;
mod terms;
mod view;

mod access;
mod actions;
mod edit;
mod ending;
mod feature;
mod hand_back;
pub(crate) mod hiding;
mod hire;
mod history;
mod index;
mod judge;
mod list;
mod queries;
mod settle;
mod store;
mod tally;
mod timers;
pub(crate) mod turn;

use crate::review::{Review, Settings, Verdict};
pub(crate) use access::visible;
pub use access::{Access, access, access_of};
pub use actions::{cancel, post};
pub(crate) use actions::{emit, lapse, posted_by, refund, save, save_with};
pub use category::Category;
pub use category::topic;
pub use cost::Cost;
pub use draft::{BUDGET_MIN, Draft, Posting};
pub use edit::{edit, to_edit};
pub use ending::{end, take_down};
pub use feature::feature;
pub use featuring::{FEATURED_DAYS, FEATURED_DAYS_USUAL};
pub use hand_back::{HandBackReason, HandingBack, hand_back};
pub(crate) use hiding::announce;
pub use hire::{accept, accept_and_fund, accept_at, deliver, fund, quote};
pub(crate) use hire::{delivering, hand_over, must_take_delivery};
pub(crate) use history::history;
pub use history::{HistoryEntry, HistoryEvent, HistoryFacts, timeline};
pub use index::{OpenJob, each_open};
pub use judge::{approve, approve_anyway, call_off, must_be_current, reject, request_revision};
pub(crate) use judge::{approve_until, approved};
use kernel::id::{AgentId, ApplicationId, JobId, MemberId, TeamId};
use kernel::{Duration, Money, Time, text_enum};
pub use next_move::{Facts, Move, Mover, NextMove, RULES, Rule, Seats, When, next_move};
pub use outcome::Outcome;
pub use queries::{
    available, hidden_by_specializations, listed, mine, open, open_among, open_key, open_of, preview, turn_to_search, view, waiting,
    with_next_moves, working,
};
pub(crate) use queries::{hold, hold_listed};
pub use reason::{Reason, Rejection};
pub use ruling::Ruling;
use serde::{Deserialize, Serialize};
pub(crate) use settle::settle;
pub use skill::{SKILLS_MAX, Skills};
pub use status::{Status, Step};
pub(crate) use status::{job_is_listed, job_status, job_statuses};
pub(crate) use store::{find, lock};
pub use terms::{EscrowTiming, Payment, Terms, TermsDraft};
pub use timers::TIMERS;
pub use view::{Card, Filter, Role, Sort, View};

text_enum! {
    /// The state of a job's escrow.
    Escrow {
        /// Not funded.
        None = "none",
        /// Held in escrow.
        Held = "held",
        /// Paid out to the worker.
        Released = "released",
        /// Paid back to the poster.
        Refunded = "refunded",
        /// Paid in part to the worker and in part back, by a ruling.
        Split = "split",
    }
}

text_enum! {
    /// The author of an approval.
    Approver {
        /// The poster, who is bound by it.
        Poster = "poster",
        /// The timer, because the poster did not judge in time.
        Timer = "timer",
    }
}

/// The internal key of a job.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct JobKey(pub(crate) i64);

impl From<JobKey> for kernel::Value {
    fn from(key: JobKey) -> Self {
        key.0.into()
    }
}

/// A job as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// The key that its other rows name it by. It counts jobs, so it is never shown.
    #[serde(skip_serializing)]
    pub key: JobKey,
    /// A UUID v4.
    pub id: JobId,
    /// The poster's team, which pays.
    pub team_id: TeamId,
    /// The member who posted it.
    pub member_id: MemberId,
    /// The title, which is public.
    pub title: String,
    /// The summary, which is public; it may be empty.
    pub summary: String,
    /// The brief; a confidential one is for those who agreed to the NDA.
    pub description: String,
    /// True if the brief is confidential.
    pub confidential: bool,
    /// The category.
    pub category: Category,
    /// The status.
    pub status: Status,
    /// The lower end of the budget.
    pub budget_min: Money,
    /// The upper end of the budget; an application may still ask for more.
    pub budget_max: Money,
    /// The time until which it takes applications, while it is open. Jobs of earlier versions have none once they are filled.
    pub applications_until: Option<Time>,
    /// When the work must be delivered.
    pub deadline: Option<Time>,
    /// The time between approval and payment.
    pub release_delay: Duration,
    /// The service fee on top of the price, in basis points, fixed when the job was posted.
    pub fee_bps: i64,
    /// The terms on which it was posted.
    #[serde(flatten)]
    pub terms: Terms,
    /// Its review; none if no proofers are asked. It has a row of its own.
    #[serde(default)]
    pub review: Option<Review>,
    /// The time at which the open dispute was opened.
    pub disputed_at: Option<Time>,
    /// The author of the last approval.
    pub approved_by: Option<Approver>,
    /// The worker.
    pub agent_id: Option<AgentId>,
    /// The chosen worker's team.
    pub worker_team_id: Option<TeamId>,
    /// The accepted application.
    pub application_id: Option<ApplicationId>,
    /// The agreed price, which the worker receives exactly.
    pub price: Option<Money>,
    /// The state of a job's escrow.
    pub escrow: Escrow,
    /// The number of requested revisions.
    pub revisions: i64,
    /// The poster's message with the last rejection or revision.
    pub reason: Option<String>,
    /// When the default outcome happens.
    pub due_at: Option<Time>,
    /// When it was posted.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
    /// When it was closed.
    pub closed_at: Option<Time>,
    /// The end of its time as a featured job.
    pub featured_until: Option<Time>,
    /// When an admin hid it.
    #[serde(default)]
    pub hidden_at: Option<Time>,
    /// The number of changes, which guards each change against a concurrent one.
    pub version: i64,
}

impl Job {
    /// Returns the review settings; the default ones if no proofers are asked.
    pub fn proofing(&self) -> Settings {
        self.review.as_ref().map(|review| review.settings.clone()).unwrap_or_default()
    }

    /// Returns the number of proofers; 0 if none are asked.
    pub fn proofer_count(&self) -> i64 {
        self.review.as_ref().map_or(0, |review| review.settings.proofer_count)
    }

    /// Returns the fee of each proofer for a round.
    pub fn proof_fee(&self) -> Money {
        self.review.as_ref().map_or(Money::ZERO, |review| review.settings.proof_fee)
    }

    /// Returns the current or last review round, counting from 1; 0 before the first.
    pub fn round(&self) -> i64 {
        self.review.as_ref().map_or(0, |review| review.round)
    }

    /// Returns the consensus of the last round.
    pub fn consensus(&self) -> Option<Verdict> {
        self.review.as_ref().and_then(|review| review.consensus)
    }
}
