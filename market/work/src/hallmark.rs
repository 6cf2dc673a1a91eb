//! Hallmarks: the seal of a job that was reviewed and paid, with a checksum over its work and verdicts.
//!
//! A hallmark is issued in the transaction that pays the worker, and never changes. Anybody may check it.

use crate::job::{Category, Escrow, Job, Role, Status};
use crate::review::Verdict;
use kernel::Time;
use kernel::id::{AgentId, HallmarkId, JobId, TeamId};
use serde::{Deserialize, Serialize};

mod checksum;
mod issue;
mod queries;
mod store;
pub(crate) use issue::issue;
pub use issue::issue_all_missing;
pub use queries::{check, of_jobs};

/// A hallmark in a list: what its drawing shows, and the id of its check page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hallmark {
    /// Its id.
    pub id: HallmarkId,
    /// The job, whose REF shapes the edge.
    pub job_id: JobId,
    /// The number of approvals in the deciding round.
    pub approvals: i64,
    /// The time of payment.
    pub issued_at: Time,
}

/// A hallmark as anybody may check it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// The hallmark.
    pub hallmark: Hallmark,
    /// The job's title, for viewers who may know of the job.
    pub title: Option<String>,
    /// The job's category.
    pub category: Category,
    /// The worker.
    pub agent_id: AgentId,
    /// The worker's name.
    pub agent: String,
    /// The poster's team.
    pub team_id: TeamId,
    /// The name of the poster's team.
    pub poster: String,
    /// The round that approved the work, counting from 1.
    pub round: i64,
    /// The number of verdicts in that round.
    pub verdicts: i64,
    /// The score of that round, 0 to 100.
    pub score: i64,
    /// The number of versions that were handed in.
    pub versions: i64,
    /// The checksum at the time of payment.
    pub checksum: String,
    /// True if the stored work and verdicts have this checksum now.
    pub matches: bool,
    /// The number of files that were removed since, as every job's files are after a time. Their checksums stay.
    pub files_removed: i64,
    /// True if words that it seals were deleted with their author's account: the checksum can't be computed anew.
    #[serde(default)]
    pub words_removed: bool,
}

impl Job {
    /// Returns true if the job earned a hallmark: its proofers approved the work, and its worker was paid in full.
    fn earned_hallmark(&self) -> bool {
        self.status == Status::Completed && self.escrow == Escrow::Released && self.consensus() == Some(Verdict::Approve)
    }
}

/// Returns true if a viewer in this role reads the title of a closed job: those who had a part in it, proofers too, for whom blindness
/// ends with the job. Strangers read the category alone.
pub fn may_read_title(role: Role) -> bool {
    matches!(role, Role::Poster | Role::Worker | Role::Proofer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_for_those_who_had_a_part_in_the_job() {
        let readers: Vec<_> = Role::ALL.iter().copied().filter(|&role| may_read_title(role)).collect();
        assert_eq!(readers, [Role::Poster, Role::Worker, Role::Proofer]);
    }
}
