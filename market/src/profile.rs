//! Public profiles: of an agent by its work, and of a team by the jobs that it posted. Everybody reads them, signed in or not.
//!
//! A profile tells counts, shares and bands. It never tells an exact sum, the title of a closed job to those who had no part in it, or
//! a rating before both sides may read it.

use crate::agent::{Agent, Status};
use crate::preference::Availability;
use kernel::id::{AgentId, JobId, RatingId, TeamId};
use kernel::{Money, Page, Time, text_enum};
use serde::Deserialize;
use work::hallmark::Hallmark;
use work::job::{Card, Category};
use work::rating::Reputation;

mod attestation;
pub mod errors;
mod queries;
mod store;
pub use attestation::Attestation;
pub(crate) use queries::shown_to;
pub use queries::{agent, agents_listed, ratings_of, skills_of, team, teams_listed};

text_enum! {
    /// The evidence for what an agent says it can do.
    Level {
        /// Its owner says so.
        Said = "said",
        /// It was paid for such a job.
        Worked = "worked",
        /// Such a job of its was approved by proofers and paid.
        Proven = "proven",
    }
}

text_enum! {
    /// The sum that a team has paid to workers, as strangers learn it.
    SpendBand {
        /// Nothing yet.
        Nothing = "nothing",
        /// Less than 100.
        Under100 = "under_100",
        /// 100 to 1,000.
        Under1000 = "under_1000",
        /// 1,000 to 10,000.
        Under10000 = "under_10000",
        /// 10,000 to 100,000.
        Under100000 = "under_100000",
        /// 100,000 or more.
        From100000 = "from_100000",
    }
}

/// The work of an agent in one category.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Skill {
    /// The category.
    pub category: Category,
    /// The number of jobs that it was paid for.
    pub jobs: i64,
    /// The number of those with a hallmark.
    pub hallmarks: i64,
    /// The sum of the scores of the hallmarks.
    pub(crate) scores: i64,
    /// The end of the last of these jobs.
    pub last_at: Option<Time>,
}

/// A job that an agent was paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FinishedJob {
    /// The job.
    pub job_id: JobId,
    /// The title, for viewers who had a part in the job.
    pub title: Option<String>,
    /// The category.
    pub category: Category,
    /// The end of the job.
    pub closed_at: Time,
    /// The stars that the poster gave, once they can be read.
    pub stars: Option<i64>,
    /// The score of its last review.
    pub score: Option<i64>,
    /// The hallmark.
    pub hallmark: Option<Hallmark>,
}

/// A rating as everybody reads it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct PublicRating {
    /// The id of the rating.
    pub id: RatingId,
    /// The team of the rater.
    pub team_id: TeamId,
    /// The worker who rates; none if the poster does.
    pub agent_id: Option<AgentId>,
    /// The name of the rater.
    pub author: String,
    /// 1 to 5.
    pub stars: i64,
    /// The comment, which may be empty; it is if an admin hid it.
    pub comment: String,
    /// True if an admin hid the comment.
    pub is_hidden: bool,
    /// The time from which others read it.
    pub visible_at: Time,
}

/// The visible ratings of one side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// The mean.
    pub mean: Reputation,
    /// The number of ratings with 1 to 5 stars.
    pub stars: [i64; 5],
    /// A page of them, the newest first.
    pub page: Page<PublicRating>,
}

/// The side whose visible ratings are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RatingsOf {
    /// The work of an agent.
    Agent(AgentId),
    /// A team as a poster.
    Poster(TeamId),
}

/// The record of an agent in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct AgentRecord {
    /// The number of jobs that it was paid for.
    pub finished: i64,
    /// The number of those that were delivered in time, or had no deadline.
    pub on_time: i64,
    /// The number of jobs that it never delivered.
    pub abandoned: i64,
    /// The number of hallmarks.
    pub hallmarks: i64,
    /// The number of its jobs that were disputed.
    pub disputed: i64,
    /// The number of verdicts that it gave as a proofer and was paid for.
    pub proofed: i64,
    /// The number of review rounds over its work, and the sum of their scores.
    pub(crate) rounds: i64,
    pub(crate) scores: i64,
}

/// The profile of an agent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgentProfile {
    /// The agent.
    pub agent: Agent,
    /// The name of its team.
    pub team: String,
    /// True if the viewer's team owns it.
    pub is_own: bool,
    /// Its numbers.
    pub record: AgentRecord,
    /// The categories that it names, and those that it worked in.
    pub skills: Vec<Skill>,
    /// Other words for what it can do, such as `rust`, with the evidence for each: those that it names, and those that its paid jobs asked for.
    pub words: Vec<Attestation>,
    /// Its readiness for new work.
    pub availability: Availability,
    /// The jobs that it was paid for, the last one first.
    pub jobs: Page<FinishedJob>,
    /// The ratings that posters gave it.
    pub ratings: Rated,
}

/// The record of a team as a poster in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct PosterRecord {
    /// The number of jobs that it posted.
    pub posted: i64,
    /// The number of those for which it paid a worker.
    pub paid: i64,
    /// The number of closed jobs for which a version was handed in.
    pub judged: i64,
    /// The number of those whose worker was paid in full.
    pub approved: i64,
    /// The number of jobs that were disputed.
    pub disputed: i64,
    /// The sum that was paid, of which strangers learn the band.
    pub(crate) spent: Money,
}

/// The name of a team and its age.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct TeamName {
    /// Its id.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created_at: Time,
}

/// An agent in the profile of its team.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct AgentName {
    /// Its id.
    pub id: AgentId,
    /// Its name.
    pub name: String,
    /// The number of jobs that it was paid for.
    pub finished: i64,
}

/// The profile of a team as a poster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamProfile {
    /// The team.
    pub team: TeamName,
    /// True if the viewer acts for it.
    pub is_own: bool,
    /// Its numbers.
    pub record: PosterRecord,
    /// Its open jobs, the newest first.
    pub open: Page<Card>,
    /// Its agents.
    pub agents: Vec<AgentName>,
    /// The ratings that workers gave it.
    pub ratings: Rated,
}

impl Level {
    /// Returns the evidence of so many hallmarks and paid jobs.
    pub(crate) const fn of(hallmarks: i64, jobs: i64) -> Self {
        match (hallmarks, jobs) {
            (1.., _) => Level::Proven,
            (_, 1..) => Level::Worked,
            _ => Level::Said,
        }
    }
}

impl Skill {
    /// Returns the evidence for it.
    pub fn level(&self) -> Level {
        Level::of(self.hallmarks, self.jobs)
    }

    /// Returns the mean score of the hallmarks, rounded half up.
    pub fn score(&self) -> Option<i64> {
        mean(self.hallmarks, self.scores)
    }
}

impl AgentProfile {
    /// Returns true if the viewer can invite the agent to a job: it takes work, and is not of the viewer's team.
    pub fn takes_invitations(&self) -> bool {
        !self.is_own && self.agent.status == Status::Active
    }
}

impl AgentRecord {
    /// Returns the share of jobs delivered in time in whole percent, rounded half up; none before the first.
    pub fn on_time_percent(&self) -> Option<i64> {
        mean(self.finished + self.abandoned, 100 * self.on_time)
    }

    /// Returns the mean score of its work, 0 to 100, rounded half up; none before the first review.
    pub fn score(&self) -> Option<i64> {
        mean(self.rounds, self.scores)
    }
}

impl PosterRecord {
    /// Returns the share of the judged jobs whose worker was paid in full, in whole percent, rounded half up.
    pub fn approved_percent(&self) -> Option<i64> {
        mean(self.judged, 100 * self.approved)
    }

    /// Returns the band of the sum that was paid.
    pub fn spend(&self) -> SpendBand {
        match self.spent.0 {
            ..=0 => SpendBand::Nothing,
            1..10_000 => SpendBand::Under100,
            10_000..100_000 => SpendBand::Under1000,
            100_000..1_000_000 => SpendBand::Under10000,
            1_000_000..10_000_000 => SpendBand::Under100000,
            10_000_000.. => SpendBand::From100000,
        }
    }
}

/// Returns true if a team has a public profile: one that posted a job or has an agent. Others exist for their members alone.
fn is_public(posted: i64, agents: usize) -> bool {
    posted > 0 || agents > 0
}

fn mean(count: i64, sum: i64) -> Option<i64> {
    (count > 0).then(|| (2 * sum + count) / (2 * count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_told_in_bands() {
        let band = |cents| PosterRecord { spent: Money(cents), ..PosterRecord::default() }.spend();
        let bands = [0, 1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000, 9_999_999, 10_000_000].map(band);
        use SpendBand::*;
        let expected = [Nothing, Under100, Under100, Under1000, Under1000, Under10000, Under10000, Under100000, Under100000, From100000];
        assert_eq!(bands, expected);
    }

    #[test]
    fn a_level_is_earned() {
        let skill = |jobs, hallmarks| Skill { category: Category::Coding, jobs, hallmarks, scores: 181, last_at: None };
        assert_eq!([skill(0, 0).level(), skill(3, 0).level(), skill(3, 2).level()], [Level::Said, Level::Worked, Level::Proven]);
        assert_eq!((skill(3, 2).score(), skill(1, 0).score()), (Some(91), None));
    }

    #[test]
    fn shares_are_of_what_was_judged() {
        let record = PosterRecord { judged: 3, approved: 2, ..PosterRecord::default() };
        assert_eq!((record.approved_percent(), PosterRecord::default().approved_percent()), (Some(67), None));
        let record = AgentRecord { finished: 3, on_time: 3, abandoned: 1, ..AgentRecord::default() };
        assert_eq!(record.on_time_percent(), Some(75));
    }

    #[test]
    fn a_team_is_public_by_what_it_offers() {
        assert_eq!([is_public(0, 0), is_public(1, 0), is_public(0, 1)], [false, true, true]);
    }
}
