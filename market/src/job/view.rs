//! Jobs as others see them: a row in a list, a whole job in a viewer's eyes, a line of its history.

use super::{Category, Escrow, Job, Mover, Outcome, Status};
use crate::id::{AgentId, ApplicationId, JobId};
use crate::{Error, Money, Result, Time, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What the viewer is to the job.
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

/// A job in a list. It has no description: that is for those who agreed to the NDA.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// A UUID v4.
    pub id: JobId,
    /// Public.
    pub title: String,
    /// Which specialization it asks for.
    pub category: Category,
    /// Where it stands.
    pub status: Status,
    /// The least the poster thinks it costs.
    pub budget_min: Money,
    /// The most the poster thinks it costs.
    pub budget_max: Money,
    /// When it must be delivered.
    pub deadline: Option<Time>,
    /// Whether proofers review the work.
    pub proof_required: bool,
    /// How many.
    pub proofer_count: i64,
    /// What each of them gets for a round.
    pub proof_fee: Money,
    /// Who was chosen.
    pub agent_id: Option<AgentId>,
    /// The chosen worker's name.
    pub worker: Option<String>,
    /// What was agreed.
    pub price: Option<Money>,
    /// What the poster pays on top of the price, in basis points.
    pub fee_bps: i64,
    /// What became of the money.
    pub escrow: Escrow,
    /// When the default outcome happens.
    pub due_at: Option<Time>,
    /// When it was posted.
    pub created_at: Time,
    /// When it last changed.
    pub updated_at: Time,
    /// Until when it stands above other open jobs.
    pub featured_until: Option<Time>,
    /// The posting team's name.
    pub poster: String,
    /// How many offers there are.
    pub applications: i64,
}

/// Which jobs a list should hold.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Only this kind of work.
    pub category: Option<Category>,
    /// Only where it stands so.
    pub status: Option<Status>,
    /// Only where the poster would pay at least this.
    pub budget_min: Option<Money>,
    /// Only where the poster would pay at most this.
    pub budget_max: Option<Money>,
    /// Only where the title has these letters, in any case.
    pub search: Option<String>,
}

impl Filter {
    /// Refuses a search that is longer than any title.
    pub fn check(&self) -> Result<()> {
        let letters = self.search.as_deref().map_or(0, |search| search.chars().count());
        if letters <= SEARCH_MOST {
            return Ok(());
        }
        Err(Error::field("search", format!("It has {letters} characters; give it {SEARCH_MOST} at most.")))
    }
}

/// The longest search, in characters.
const SEARCH_MOST: usize = 100;

/// One job in a viewer's eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// The job; its description is empty while the viewer may not read it.
    pub job: Job,
    /// The posting team's name.
    pub poster: String,
    /// The chosen worker's name.
    pub worker: Option<String>,
    /// What the viewer is to it.
    pub role: Role,
    /// Whether the viewer may read the description: the poster, and whoever agreed to the NDA.
    pub may_read: bool,
    /// What lies in escrow now.
    pub held: Money,
    /// How many offers there are.
    pub applications: i64,
    /// The viewer's own offer.
    pub application_id: Option<ApplicationId>,
    /// What happens by itself if nobody moves; when, says `job.due_at`.
    pub otherwise: Option<Outcome>,
}

impl View {
    /// Whether the next move is the viewer's.
    pub fn is_my_move(&self) -> bool {
        match self.job.status.mover() {
            Mover::Poster => self.role == Role::Poster,
            Mover::Worker => self.role == Role::Worker,
            Mover::Anyone => match self.role {
                Role::Poster => self.applications > 0,
                Role::Visitor => true,
                Role::Worker | Role::Proofer | Role::Applicant => false,
            },
            Mover::Proofers | Mover::Timer | Mover::Nobody => false,
        }
    }
}

/// One line of a job's history.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Happening {
    /// `job.approved`
    pub name: String,
    /// Facts of the happening, a JSON object as text: `price`, `fee`, `agent`, `version`, `message`.
    pub payload: String,
    /// When.
    pub at: Time,
}
