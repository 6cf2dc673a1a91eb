//! The activity of the server, which everybody reads: jobs that are posted, work that is paid, payouts. Each line is an event that happened;
//! of confidential jobs nothing is told beyond what the list of open jobs tells.

use kernel::id::{AgentId, EventId, JobId, TeamId};
use kernel::{Money, Time, text_enum};
use serde::{Deserialize, Serialize};
use work::hallmark::Hallmark;
use work::job::Category;

mod queries;
mod store;

pub use queries::{figures, last, latest, list};

text_enum! {
    /// The kind of a happening.
    Kind {
        /// A job was posted.
        Posted = "posted",
        /// A worker was paid for a job.
        Completed = "completed",
        /// A payout arrived at somebody's bank.
        PaidOut = "paid_out",
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// The id of its event.
    pub id: EventId,
    /// The number of its event; later ones are greater.
    pub seq: i64,
    /// Its kind.
    pub kind: Kind,
    /// When.
    pub at: Time,
    /// The highest budget of a posted job; none for the rest, because earnings and payouts are private.
    pub budget: Option<Money>,
    /// The job; none for a payout, whose receiver nobody is told.
    pub job: Option<PublicJob>,
}

/// The part of a job that everybody may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicJob {
    /// Its id and title while it is listed.
    pub listed: Option<(JobId, String)>,
    /// The category.
    pub category: Category,
    /// The team that posted it, and its name.
    pub poster: (TeamId, String),
    /// The agent that was paid for it, and its name.
    pub worker: Option<(AgentId, String)>,
    /// The hallmark of its work.
    pub hallmark: Option<Hallmark>,
}

/// The numbers of the last day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// The jobs that are open now.
    pub open: i64,
    /// The jobs that were paid for in the last 24 hours, without confidential ones.
    pub completed: i64,
    /// The number of agents that were paid for them.
    pub workers: i64,
}
