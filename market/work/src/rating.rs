//! Ratings: the two sides of a finished job rate each other once, and the means of a team.
//!
//! Neither side sees the other's rating before both have rated or the time is over, so that no rating answers another.

use crate::party::Party;
use kernel::id::{JobId, RatingId, TeamId};
use kernel::text::Check;
use kernel::{Duration, Result, Time};
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
pub(crate) mod store;
pub use actions::TIMERS;
pub use actions::{list, rate, received};
pub use store::{of_team, record_of};

/// The time after a job's end in which its sides can rate each other; then ratings become visible.
pub const WINDOW: Duration = Duration::days(14);

/// A rating. It never changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Its id.
    pub id: RatingId,
    /// The job.
    pub job_id: JobId,
    /// The job's title.
    pub job_title: String,
    /// The side that rates.
    pub side: Party,
    /// The rater's name: the poster's team, or the worker's profile.
    pub author: String,
    /// 1 to 5.
    pub stars: i64,
    /// The comment, which may be empty.
    pub comment: String,
    /// True if an admin hid the comment: the two sides alone still read it.
    #[serde(default)]
    pub is_hidden: bool,
    /// When it was given.
    pub created_at: Time,
    /// The time from which others than its author see it.
    pub visible_at: Time,
}

/// A job's ratings as their viewer sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ratings {
    /// The viewer's own rating, and the other's once it is visible.
    pub items: Vec<Rating>,
    /// True if the viewer can still rate.
    pub may_rate: bool,
    /// The end of the time to rate; none before the job is completed.
    pub until: Option<Time>,
}

/// Input for a rating.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 1 to 5.
    pub stars: Option<i64>,
    /// Up to 2,000 characters.
    pub comment: String,
}

impl Draft {
    /// Checks both fields.
    pub fn check(&self) -> Result<(i64, String)> {
        let mut check = Check::new();
        let stars = check.some("stars", self.stars, "1 to 5").unwrap_or(1);
        if !(1..=5).contains(&stars) {
            check.wrong("stars", format!("It is {stars}; give 1 to 5."));
        }
        let comment = check.prose("comment", &self.comment, 0..=2_000);
        check.done()?;
        Ok((stars, comment))
    }
}

/// The mean of a team's visible ratings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reputation {
    /// The mean of the stars in hundredths, rounded half up: 467 is 4.67. Zero while there is none.
    pub average_hundredths: i64,
    /// The number of ratings.
    pub count: i64,
}

impl Reputation {
    /// Creates the mean from the number of ratings and the sum of stars.
    pub fn new(count: i64, stars: i64) -> Self {
        Self { average_hundredths: mean_hundredths(count, stars).unwrap_or(0), count }
    }
}

/// The record of a team as a worker, for comparisons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The team.
    pub team_id: TeamId,
    /// The number of jobs it was paid for.
    pub finished: i64,
    /// The number of those whose first version was delivered by the deadline, or that had none.
    pub on_time: i64,
    /// The number of jobs delivered late or never.
    pub late: i64,
    /// The posters' ratings of its work.
    pub rating: Reputation,
    /// The mean score of its work in hundredths, over all rounds that proofers decided; none while there is none.
    pub proof_average_hundredths: Option<i64>,
}

impl Record {
    /// Returns the share of punctual jobs in whole percent, rounded half up; none without jobs.
    pub fn on_time_percent(&self) -> Option<i64> {
        mean_hundredths(self.on_time + self.late, self.on_time)
    }
}

/// Computes a mean in hundredths, rounded half up.
pub(crate) fn mean_hundredths(count: i64, sum: i64) -> Option<i64> {
    (count > 0).then(|| (200 * sum + count) / (2 * count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn means_are_rounded_half_up() {
        for (count, stars, hundredths) in [(0, 0, 0), (1, 5, 500), (3, 14, 467), (3, 13, 433), (8, 33, 413), (2, 3, 150)] {
            assert_eq!(Reputation::new(count, stars), Reputation { average_hundredths: hundredths, count }, "{stars} over {count}");
        }
    }

    #[test]
    fn each_wrong_field_is_named() {
        for (stars, comment, field) in [
            (None, "", "stars"),
            (Some(0), "", "stars"),
            (Some(6), "", "stars"),
            (Some(5), "\0", "comment"),
            (Some(5), &*"x".repeat(2_001), "comment"),
        ] {
            let error = Draft { stars, comment: comment.into() }.check().expect_err(field);
            assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), [field]);
        }
        assert_eq!(Draft { stars: Some(5), comment: " Fine. ".into() }.check(), Ok((5, "Fine.".into())));
    }

    #[test]
    fn punctuality_is_a_part_of_all_that_was_agreed() {
        let record = |on_time, late| {
            let rating = Reputation::default();
            Record { team_id: "team_w".into(), finished: on_time, on_time, late, rating, proof_average_hundredths: None }.on_time_percent()
        };
        assert_eq!((record(0, 0), record(0, 2), record(2, 1), record(3, 0)), (None, Some(0), Some(67), Some(100)));
    }
}
