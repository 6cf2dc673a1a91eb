//! The score: how well a job fits a candidate. Pure; `docs/matching.md` explains the formula to those who are ranked by it.
//!
//! Six parts are added, in hundredths of a point of the score. Each grows with its own fact, whatever the others are.

use super::Reason;
use super::candidate::{Candidate, Experience};
use crate::profile::Level;
use kernel::{Duration, Money};
use serde::{Deserialize, Serialize};
use work::job::Category;

/// The points of the best match: a score of 100.
pub const FULL_POINTS: i64 = 10_000;
/// The points of a category in which proofers approved a job of the candidate's.
const PROVEN: i64 = 3_000;
/// The points of a category in which the candidate was paid.
const WORKED: i64 = 2_000;
/// The points of a category that the candidate names.
const SAID: i64 = 1_000;
/// The points of all skills that a job asks for. A job that asks for none gives half.
const SKILLS: i64 = 2_500;
/// The points of a budget whose lower end is the wanted pay. Its upper end alone gives half.
const BUDGET: i64 = 1_500;
/// The points of five stars in the category, or from this poster.
const REVIEWS: i64 = 1_000;
/// The points of a worker in the category who always delivered in time.
const ON_TIME: i64 = 1_000;
/// The points of a job that was posted just now.
const FRESH: i64 = 1_000;
const _: () = assert!(PROVEN + SKILLS + BUDGET + REVIEWS + ON_TIME + FRESH == FULL_POINTS);

/// The age at which a job is not fresh any more.
const FRESH_FOR: Duration = Duration::days(14);
/// The stars of a rating that says nothing, and how many of those stand before the first real one.
const NEUTRAL_STARS: i64 = 3;
const NEUTRAL_RATINGS: i64 = 2;

/// The facts of an open job that are compared with a candidate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The category.
    pub category: Category,
    /// The number of skills that it asks for.
    pub skills_asked: i64,
    /// The number of those that the candidate has.
    pub skills_known: i64,
    /// The lower end of the budget.
    pub budget_min: Money,
    /// The upper end of the budget.
    pub budget_max: Money,
    /// The stars of the poster's last rating of the candidate, if there is one.
    pub poster_stars: Option<i64>,
    /// The time since it was posted.
    pub age: Duration,
}

/// The match of a job with a candidate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// The points, 0 to [`FULL_POINTS`], by which jobs are ranked.
    pub points: i64,
    /// The reasons, in the order of the parts of the score.
    pub reasons: Vec<Reason>,
}

impl Match {
    /// Returns the score, 0 to 100, rounded half up.
    pub fn score(&self) -> i64 {
        (self.points + 50) / 100
    }
}

impl Candidate {
    /// Compares a job with the candidate.
    pub fn compare(&self, facts: &Facts) -> Match {
        Match { points: self.points(facts), reasons: Reason::all(self, facts) }
    }

    /// Computes the points of a job without the reasons, for ranking.
    pub(super) fn points(&self, facts: &Facts) -> i64 {
        let experience = self.experience(facts.category);
        let category = self.level(facts.category).map_or(0, |level| match level {
            Level::Said => SAID,
            Level::Worked => WORKED,
            Level::Proven => PROVEN,
        });
        category
            + skills(facts)
            + self.wanted.map_or(BUDGET / 2, |wanted| budget(facts, wanted.money()))
            + reviews(experience, facts.poster_stars)
            + on_time(experience)
            + fresh(facts.age)
    }
}

fn skills(facts: &Facts) -> i64 {
    match facts.skills_asked {
        0 => SKILLS / 2,
        asked => SKILLS * facts.skills_known.min(asked) / asked,
    }
}

/// Computes the points of a budget for a wanted pay: all if its lower end is as much, half and more if its upper end is, else fewer.
fn budget(facts: &Facts, wanted: Money) -> i64 {
    let (half, Money(wanted)) = (BUDGET / 2, wanted);
    if facts.budget_min.0 >= wanted {
        return BUDGET;
    }
    match facts.budget_max.0 - wanted {
        over @ 0.. => half + half * over.min(wanted) / wanted,
        _ => half * facts.budget_max.0.max(0) / wanted,
    }
}

/// Computes the points of the posters' ratings, among which some neutral ones stand, so that a beginner has half of them.
fn reviews(experience: &Experience, poster_stars: Option<i64>) -> i64 {
    let (ratings, stars) = match poster_stars {
        Some(stars) => (1, stars),
        None => (experience.ratings + NEUTRAL_RATINGS, experience.stars + NEUTRAL_RATINGS * NEUTRAL_STARS),
    };
    REVIEWS * (stars - ratings) / (4 * ratings)
}

/// Computes the points of punctuality, with one job in time and one late before the first.
fn on_time(experience: &Experience) -> i64 {
    ON_TIME * (experience.on_time + 1) / (experience.finished + experience.abandoned + 2)
}

fn fresh(age: Duration) -> i64 {
    let left = FRESH_FOR.as_ms() - age.as_ms();
    FRESH * left.clamp(0, FRESH_FOR.as_ms()) / FRESH_FOR.as_ms()
}

#[cfg(test)]
mod tests;
