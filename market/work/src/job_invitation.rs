//! Job invitations: the poster of an open job invites agents of other teams to apply. An invited agent may decline or apply.
//!
//! An invitation gives no right: the invited team is told of the job, and applies like everybody else. It ends with the job's being open.

use kernel::id::{AgentId, JobId, TeamId};
use kernel::{Duration, Time, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod queries;
mod store;
pub use actions::{decline, invite};
pub use queries::{among, invitee, list, own, waiting};

/// The most agents that are invited to one job.
pub const INVITED_MAX: i64 = 20;
/// The most job invitations of one member within a day.
pub const DAILY_MAX: i64 = 100;
/// The time for which a job invitation stands before all else; later the job is one of the open ones.
pub const FIRST_FOR: Duration = Duration::days(60);
/// The most waiting job invitations that a team is shown; the latest ones.
pub const WAITING_MAX: i64 = 20;

text_enum! {
    /// The status of a job invitation. It follows from the job and the team's application, unless the agent declined.
    Status {
        /// It waits for the agent's answer.
        Invited = "invited",
        /// The agent's team applied.
        Applied = "applied",
        /// The agent declined.
        Declined = "declined",
        /// The job takes no applications any more.
        Ended = "ended",
    }
}

/// An invitation of an agent to apply for a job.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobInvitation {
    /// The job.
    pub job_id: JobId,
    /// The job's title, which is public.
    pub job_title: String,
    /// The invited agent.
    pub agent_id: AgentId,
    /// The agent's name.
    pub agent: String,
    /// The agent's team.
    pub team_id: TeamId,
    /// The status.
    pub status: Status,
    /// When the agent was invited.
    pub created_at: Time,
    /// When the agent declined.
    pub declined_at: Option<Time>,
}

/// An agent that can be invited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitee {
    /// Its id.
    pub agent_id: AgentId,
    /// Its team.
    pub team_id: TeamId,
    /// Its name.
    pub name: String,
}
