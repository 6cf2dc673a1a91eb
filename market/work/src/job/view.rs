//! Views of jobs: a row of a list, a whole job as its viewer sees it, a line of its history.

use super::{Category, Escrow, Job, NextMove, Skills, Status, Terms};
use kernel::id::{AgentId, ApplicationId, JobId, TeamId};
use kernel::{Error, Money, Result, Time, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The role of the viewer.
    Role {
        /// Of the team that posted it.
        Poster = "poster",
        /// Of the team that was chosen.
        Worker = "worker",
        /// Of a team that holds a seat in the review.
        Proofer = "proofer",
        /// Of a team that applied.
        Applicant = "applicant",
        /// None of these.
        Visitor = "visitor",
    }
}

/// A job in a list. It has no description, which may be confidential, but a summary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// A UUID v4.
    pub id: JobId,
    /// The title, which is public.
    pub title: String,
    /// The summary, which is public; it may be empty.
    pub summary: String,
    /// The category.
    pub category: Category,
    /// The status.
    pub status: Status,
    /// The lower end of the budget.
    pub budget_min: Money,
    /// The upper end of the budget.
    pub budget_max: Money,
    /// The time until which it takes applications, while it is open.
    pub applications_until: Option<Time>,
    /// When the work must be delivered.
    pub deadline: Option<Time>,
    /// True if proofers review the work.
    pub proof_required: bool,
    /// The number of proofers.
    pub proofer_count: i64,
    /// The fee of each proofer for a round.
    pub proof_fee: Money,
    /// The number of rounds that are paid without asking the poster again.
    pub proof_rounds: i64,
    /// The worker.
    pub agent_id: Option<AgentId>,
    /// The chosen worker's name.
    pub worker: Option<String>,
    /// The agreed price.
    pub price: Option<Money>,
    /// The service fee on top of the price, in basis points.
    pub fee_bps: i64,
    /// The terms on which it was posted.
    #[serde(flatten)]
    pub terms: Terms,
    /// The state of the escrow.
    pub escrow: Escrow,
    /// When the default outcome happens.
    pub due_at: Option<Time>,
    /// When it was posted.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
    /// The end of its time as a featured job.
    pub featured_until: Option<Time>,
    /// The posting team.
    pub team_id: TeamId,
    /// The posting team's name.
    pub poster: String,
    /// The number of applications.
    pub applications: i64,
}

text_enum! {
    /// The order of a list of jobs. Featured ones come first in each list of open jobs.
    #[derive(Default)]
    Sort {
        /// The newest first.
        #[default]
        Newest = "newest",
        /// The largest budget first.
        Budget = "budget",
        /// The work that is due next first; jobs without a day come last.
        Due = "due",
    }
}

/// The filter of a list of jobs, and its order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Only this category.
    pub category: Option<Category>,
    /// Only this status.
    pub status: Option<Status>,
    /// Also this status, if one is named.
    pub or_status: Option<Status>,
    /// Only jobs whose poster would pay at least this.
    pub budget_min: Option<Money>,
    /// Only jobs whose poster would pay at most this.
    pub budget_max: Option<Money>,
    /// Only jobs whose title or summary contains these letters, in any case.
    pub search: Option<String>,
    /// Only jobs whose work is due by then.
    pub due_by: Option<Time>,
    /// Only jobs with proofers, or only those without.
    pub proofing: Option<bool>,
    /// Only jobs that were posted later.
    pub posted_after: Option<Time>,
    /// Only jobs that ask for one of these skills.
    pub skills: Option<Skills>,
    /// The order of the list.
    pub sort: Sort,
}

impl Filter {
    /// Refuses a search that is longer than any title.
    pub fn check(&self) -> Result<()> {
        let letters = self.search.as_deref().map_or(0, |search| search.chars().count());
        if letters <= SEARCH_MAX {
            return Ok(());
        }
        Err(Error::field("search", format!("It has {letters} characters. Use {SEARCH_MAX} at most.")))
    }
}

/// The longest search, in characters.
const SEARCH_MAX: usize = 100;

/// A job as its viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The job; its description is empty while the viewer may not read it.
    pub job: Job,
    /// The posting team's name.
    pub poster: String,
    /// The chosen worker's name.
    pub worker: Option<String>,
    /// The viewer's role.
    pub role: Role,
    /// True if the viewer may read the brief: everybody, or if it is confidential the poster and teams that agreed to the NDA.
    pub may_read: bool,
    /// The amount in escrow.
    pub held: Money,
    /// The number of applications.
    pub applications: i64,
    /// The viewer's own application.
    pub application_id: Option<ApplicationId>,
    /// The next move, as far as the viewer may know it.
    pub next_move: NextMove,
    /// True if the viewer is the worker and can deliver now.
    pub may_deliver: bool,
    /// The worker's part of the price, if a ruling divided it; for the two sides.
    pub share: Option<Money>,
}
