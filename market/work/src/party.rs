//! The two sides of a job.

use crate::job::Job;
use kernel::id::TeamId;
use kernel::text_enum;

text_enum! {
    /// The side of a job that a team is on.
    Party {
        /// The team that posted it.
        Poster = "poster",
        /// The team of the worker.
        Worker = "worker",
    }
}

impl Party {
    /// Returns the side of a team; none for other teams.
    pub fn of(job: &Job, team: &TeamId) -> Option<Self> {
        Self::ALL.iter().copied().find(|side| side.team(job) == Some(team))
    }

    /// Returns the team of the side; none while there is no worker.
    pub fn team(self, job: &Job) -> Option<&TeamId> {
        match self {
            Party::Poster => Some(&job.team_id),
            Party::Worker => job.worker_team_id.as_ref(),
        }
    }

    /// Returns the other side.
    pub const fn other(self) -> Self {
        match self {
            Party::Poster => Party::Worker,
            Party::Worker => Party::Poster,
        }
    }
}
