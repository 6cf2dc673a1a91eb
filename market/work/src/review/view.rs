//! Views of a review. They contain nothing that their viewer may not see.

use super::{Item, SeatStatus, Section, SectionScore, Tally, Verdict};
use crate::job::{Category, Status};
use kernel::id::{AgentId, ApplicationId, JobId, SeatId, TeamId, VerdictId};
use kernel::{Money, Time, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// The role of the viewer.
    Viewer {
        /// The poster, who sees every verdict, but not the feedback to the worker.
        Poster = "poster",
        /// The worker, who sees verdicts without names once the round is decided.
        Agent = "agent",
        /// A proofer with a seat, who is blind until submitting their own verdict and then sees all.
        Proofer = "proofer",
    }
}

/// A proofer's place in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// The job.
    pub job_id: JobId,
    /// The round.
    pub round: i64,
    /// The accepted application.
    pub application_id: ApplicationId,
    /// The proofer.
    pub agent_id: AgentId,
    /// The proofer's team.
    pub team_id: TeamId,
    /// The agent's name.
    pub agent: String,
    /// The fee for the verdict.
    pub fee: Money,
    /// The status.
    pub status: SeatStatus,
    /// True if it was added to break a tie.
    pub tie_break: bool,
    /// When the verdict is due.
    pub due_at: Option<Time>,
}

/// A verdict as its viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerdictView {
    /// Its id.
    pub id: VerdictId,
    /// The round.
    pub round: i64,
    /// The proofer; hidden from the worker.
    pub agent_id: Option<AgentId>,
    /// The proofer's name, or "Proofer 2" for the worker.
    pub agent: String,
    /// True if it is the viewer's own.
    pub own: bool,
    /// True if it broke a tie.
    pub tie_break: bool,
    /// The verdict.
    pub verdict: Verdict,
    /// 0 to 100.
    pub score: i64,
    /// Scores of the rubric's sections.
    pub sections: Vec<SectionScore>,
    /// The revision items.
    pub revision_items: Vec<Item>,
    /// The reason, if no revision item says it.
    pub reason: String,
    /// The summary for the poster; hidden from the worker.
    pub summary: Option<String>,
    /// The feedback for the worker; hidden from the poster.
    pub agent_feedback: Option<String>,
    /// When.
    pub submitted_at: Time,
}

/// A decided round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number.
    pub round: i64,
    /// The consensus.
    pub consensus: Verdict,
    /// The number of verdicts of each kind.
    #[serde(flatten)]
    pub tally: Tally,
    /// The mean score, rounded.
    pub score: i64,
    /// When.
    pub decided_at: Time,
}

impl Round {
    /// Returns true if no verdict was given by more than half, so that changes are asked for because nobody decided.
    pub fn is_tied(&self) -> bool {
        self.consensus == Verdict::NeedsRevision && self.tally.majority(self.tally.total()).is_none()
    }
}

/// The state of the current round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// The number of seats of the round.
    pub seats: i64,
    /// The number of taken seats.
    pub taken: i64,
    /// The number of verdicts of each kind.
    pub tally: Tally,
    /// The verdict that more than half of the seats share already, or the consensus.
    pub consensus: Option<Verdict>,
    /// True if the round is over.
    pub decided: bool,
}

/// A review as its viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewView {
    /// The job.
    pub job_id: JobId,
    /// The job's status.
    pub status: Status,
    /// The viewer's role.
    pub viewer: Viewer,
    /// True if the viewer sees only their own seat, because they have not submitted their verdict.
    pub blind: bool,
    /// The round that runs or ran last; 0 before the first.
    pub round: i64,
    /// The rubric.
    pub rubric: Vec<Section>,
    /// The fee for a verdict.
    pub fee: Money,
    /// The viewer's own seat in the current round.
    pub assignment: Option<Seat>,
    /// The seats of the current round: all for the poster and for proofers who have submitted their verdict, else none.
    pub seats: Vec<Seat>,
    /// The verdicts that the viewer may see, newest round first.
    pub verdicts: Vec<VerdictView>,
    /// The decided rounds that the viewer may see, newest first.
    pub rounds: Vec<Round>,
    /// The state of the current round, if the viewer may know it.
    pub summary: Option<Summary>,
    /// The revision items of the last decided round, the most important first, without duplicates.
    pub revision_items: Vec<Item>,
}

/// The viewer's own seat, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The seat.
    pub id: SeatId,
    /// The job.
    pub job_id: JobId,
    /// The job's title.
    pub title: String,
    /// The job's kind of work.
    pub category: Category,
    /// The posting team.
    pub team_id: TeamId,
    /// The name of the posting team.
    pub poster: String,
    /// The round.
    pub round: i64,
    /// The fee for the verdict.
    pub fee: Money,
    /// The status of the seat.
    pub status: SeatStatus,
    /// When the verdict is due.
    pub due_at: Option<Time>,
    /// The own verdict.
    pub verdict: Option<Verdict>,
    /// When the seat was given.
    pub created_at: Time,
}

/// A job that looks for proofers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewToFill {
    /// A UUID v4.
    pub job_id: JobId,
    /// The title, which is public.
    pub title: String,
    /// The category of the work.
    pub category: Category,
    /// The posting team.
    pub team_id: TeamId,
    /// The name of the posting team.
    pub poster: String,
    /// The fee for a verdict.
    pub proof_fee: Money,
    /// The number of proofers that the poster asked for.
    pub proofer_count: i64,
    /// True if the viewer has applied.
    pub applied: bool,
    /// The deadline for choosing proofers.
    pub due_at: Option<Time>,
    /// When it was posted.
    pub created_at: Time,
}

/// A decided round in a worker's trend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The job.
    pub job_id: JobId,
    /// The job's title.
    pub title: String,
    /// The round.
    pub round: i64,
    /// The mean score, rounded.
    pub score: i64,
    /// The consensus.
    pub consensus: Verdict,
    /// When it was decided.
    pub at: Time,
}

/// The mean score of a section.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Average {
    /// The section.
    pub name: String,
    /// The mean score in hundredths: 8650 is 86.5.
    pub hundredths: i64,
    /// The number of verdicts.
    pub count: i64,
}

/// The number of requests for one kind of change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// The kind.
    pub category: String,
    /// The number of requests.
    pub count: i64,
    /// The number of requests with high priority.
    pub high: i64,
}

/// A proofer's feedback to the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coaching {
    /// The job.
    pub job_id: JobId,
    /// The job's title.
    pub title: String,
    /// The text.
    pub text: String,
    /// When the round was decided.
    pub at: Time,
}

/// The trends in a worker's scores.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trends {
    /// The period in days: 30, 90 or 365.
    pub days: i64,
    /// The number of verdicts.
    pub verdicts: i64,
    /// Their mean score in hundredths.
    pub hundredths: Option<i64>,
    /// The mean score of the later half of the rounds less that of the earlier half, in hundredths.
    pub change: Option<i64>,
    /// One for each decided round, oldest first.
    pub points: Vec<Point>,
    /// The rubrics' sections, the weakest first.
    pub sections: Vec<Average>,
    /// The requested kinds of changes, the most frequent first.
    pub categories: Vec<Frequency>,
    /// The last ten pieces of feedback, newest first.
    pub coaching: Vec<Coaching>,
}
