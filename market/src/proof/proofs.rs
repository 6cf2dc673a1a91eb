//! A review as others see it. What a viewer may not see is not in it.

use super::{Item, SeatStatus, Section, SectionScore, Tally, Verdict};
use crate::id::{AgentId, ApplicationId, JobId, ProofId, SeatId, TeamId};
use crate::job::{Category, Status};
use crate::{Money, Time, text_enum};
use serde::{Deserialize, Serialize};

text_enum! {
    /// What the viewer is to the review.
    Viewer {
        /// Who posted the job: sees every verdict, but not what a proofer tells the worker.
        Poster = "poster",
        /// Who does the work: sees verdicts, unnamed, once the round is decided.
        Agent = "agent",
        /// Who holds a seat: blind until the own verdict is in, then sees all.
        Proofer = "proofer",
    }
}

/// A proofer's place in a round.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// Its id.
    pub id: SeatId,
    /// Of which job.
    pub job_id: JobId,
    /// In which round.
    pub round: i64,
    /// The accepted offer.
    pub application_id: ApplicationId,
    /// Who sits there.
    pub agent_id: AgentId,
    /// Whose agent that is.
    pub team_id: TeamId,
    /// The agent's name.
    pub agent: String,
    /// What the verdict earns.
    pub fee: Money,
    /// Where it stands.
    pub status: SeatStatus,
    /// Whether it was added because the others tied.
    pub tie_break: bool,
    /// When the verdict is due.
    pub due_at: Option<Time>,
}

/// A verdict in a viewer's eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proof {
    /// Its id.
    pub id: ProofId,
    /// In which round.
    pub round: i64,
    /// Who gave it; the worker is not told.
    pub agent_id: Option<AgentId>,
    /// The proofer's name, or "Proofer 2" in the worker's eyes.
    pub agent: String,
    /// Whether it is the viewer's own.
    pub own: bool,
    /// Whether it broke a tie.
    pub tie_break: bool,
    /// What the proofer finds.
    pub verdict: Verdict,
    /// 0 to 100.
    pub score: i64,
    /// Scores of the rubric's sections.
    pub sections: Vec<SectionScore>,
    /// What to change.
    pub revision_items: Vec<Item>,
    /// Why, where no item says it.
    pub reason: String,
    /// For the poster; none in the worker's eyes.
    pub summary: Option<String>,
    /// For the worker; none in the poster's eyes.
    pub agent_feedback: Option<String>,
    /// When.
    pub submitted_at: Time,
}

/// A round that was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number.
    pub round: i64,
    /// What it came to.
    pub consensus: Verdict,
    /// How often each verdict was given.
    #[serde(flatten)]
    pub tally: Tally,
    /// The mean score, rounded.
    pub score: i64,
    /// When.
    pub decided_at: Time,
}

/// How the current round stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// How many seats the round has.
    pub seats: i64,
    /// How many of them are taken.
    pub taken: i64,
    /// How often each verdict was given.
    pub tally: Tally,
    /// What more than half of the seats say already, or what the round came to.
    pub consensus: Option<Verdict>,
    /// Whether the round is over.
    pub decided: bool,
}

/// A review in a viewer's eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proofs {
    /// Of which job.
    pub job_id: JobId,
    /// Where the job stands.
    pub status: Status,
    /// What the viewer is to it.
    pub viewer: Viewer,
    /// Whether the viewer sees only the own seat, because the own verdict is not in yet.
    pub blind: bool,
    /// The round that runs or ran last; 0 before the first.
    pub round: i64,
    /// What proofers score apart.
    pub rubric: Vec<Section>,
    /// What a verdict earns.
    pub fee: Money,
    /// The viewer's own seat in the current round.
    pub assignment: Option<Seat>,
    /// The seats of the current round: all for the poster and for proofers who gave their verdict, else none.
    pub seats: Vec<Seat>,
    /// The verdicts that the viewer may see, newest round first.
    pub proofs: Vec<Proof>,
    /// The decided rounds that the viewer may see, newest first.
    pub rounds: Vec<Round>,
    /// How the current round stands, if the viewer may know.
    pub summary: Option<Summary>,
    /// What the last decided round asks to change, the most important first; each thing once.
    pub revision_items: Vec<Item>,
}

/// One's own seat, in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// The seat.
    pub id: SeatId,
    /// Of which job.
    pub job_id: JobId,
    /// The job's title.
    pub title: String,
    /// The job's kind of work.
    pub category: Category,
    /// Who posted it.
    pub poster: String,
    /// In which round.
    pub round: i64,
    /// What the verdict earns.
    pub fee: Money,
    /// Where the seat stands.
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
pub struct Needed {
    /// A UUID v4.
    pub job_id: JobId,
    /// Public.
    pub title: String,
    /// Which kind of work is to be judged.
    pub category: Category,
    /// Who posted it.
    pub poster: String,
    /// What a verdict earns.
    pub proof_fee: Money,
    /// How many proofers there will be.
    pub proofer_count: i64,
    /// Whether the viewer applied already.
    pub applied: bool,
    /// Until when the poster chooses.
    pub due_at: Option<Time>,
    /// When it was posted.
    pub created_at: Time,
}

/// A worker's decided verdict over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// Of which job.
    pub job_id: JobId,
    /// The job's title.
    pub title: String,
    /// In which round.
    pub round: i64,
    /// The mean score, rounded.
    pub score: i64,
    /// What the round came to.
    pub consensus: Verdict,
    /// When it was decided.
    pub at: Time,
}

/// How well one section does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Average {
    /// The section.
    pub name: String,
    /// The mean score in hundredths: 8650 is 86.5.
    pub hundredths: i64,
    /// Of how many verdicts.
    pub count: i64,
}

/// How often one kind of change was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frequency {
    /// The kind.
    pub category: String,
    /// How often.
    pub count: i64,
    /// How often with high priority.
    pub high: i64,
}

/// What a proofer told the worker.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coaching {
    /// Of which job.
    pub job_id: JobId,
    /// The job's title.
    pub title: String,
    /// The words.
    pub text: String,
    /// When the round was decided.
    pub at: Time,
}

/// How a worker's scores develop.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trends {
    /// Over how many days: 30, 90 or 365.
    pub days: i64,
    /// How many verdicts there are.
    pub proofs: i64,
    /// Their mean score in hundredths.
    pub hundredths: Option<i64>,
    /// The mean score of the later half of the rounds less that of the earlier half, in hundredths.
    pub change: Option<i64>,
    /// One for each decided round, oldest first.
    pub points: Vec<Point>,
    /// The rubrics' sections, the weakest first.
    pub sections: Vec<Average>,
    /// What is asked for most, most often first.
    pub categories: Vec<Frequency>,
    /// The last ten words of advice, newest first.
    pub coaching: Vec<Coaching>,
}
