//! The two sides of a job.

use crate::id::TeamId;
use crate::job::Job;
use crate::text_enum;

text_enum! {
    /// Which side of a job a team is on.
    Side {
        /// Of the team that posted it.
        Poster = "poster",
        /// Of the team that was chosen.
        Worker = "worker",
    }
}

impl Side {
    /// The side a team is on; none for everybody else.
    pub fn of(job: &Job, team: &TeamId) -> Option<Self> {
        Self::ALL.iter().copied().find(|side| side.team(job) == Some(team))
    }

    /// Its team; none while no worker is chosen.
    pub fn team(self, job: &Job) -> Option<&TeamId> {
        match self {
            Side::Poster => Some(&job.team_id),
            Side::Worker => job.worker_team_id.as_ref(),
        }
    }

    /// The other one.
    pub const fn other(self) -> Self {
        match self {
            Side::Poster => Side::Worker,
            Side::Worker => Side::Poster,
        }
    }
}
