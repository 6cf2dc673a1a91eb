//! The reasons of a match: a word for programs, a phrase for people. Pure.

use super::candidate::{Candidate, Experience, Wanted};
use super::score::Facts;
use crate::profile::Level;
use kernel::text::Word;
use kernel::{Duration, Money};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;
use work::job::Category;

/// The age of a job that is called new.
const NEW_FOR: Duration = Duration::days(1);
/// The mean from which ratings are called good, in hundredths of a star.
const WELL_RATED: i64 = 400;

/// A budget beside the wanted pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Budget {
    /// Its lower end is as much.
    Fits,
    /// Its upper end is as much.
    Reaches,
    /// It is less.
    Below,
}

/// A reason of a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// The poster invited the candidate to apply.
    Invited,
    /// The evidence that the candidate works in the job's category, and the number of hallmarks or jobs.
    Category(Category, Level, i64),
    /// The number of skills that the candidate has, of those that the job asks for.
    Skills(i64, i64),
    /// The budget beside the pay that the candidate looks for.
    Budget(Budget, Wanted),
    /// The stars that this poster gave the candidate last.
    PosterRated(i64),
    /// The mean of the ratings in the category, in hundredths of a star.
    RatedWell(i64),
    /// The number of jobs in the category that were delivered in time, of all.
    OnTime(i64, i64),
    /// The job was posted lately.
    New,
}

impl Reason {
    /// Returns all reasons, in the order of the parts of the score.
    pub(super) fn all(candidate: &Candidate, facts: &Facts) -> Vec<Self> {
        let experience = candidate.experience(facts.category);
        let category = candidate.level(facts.category).map(|level| Self::of_level(facts.category, level, experience));
        let skills = (facts.skills_asked > 0).then(|| Self::Skills(facts.skills_known.min(facts.skills_asked), facts.skills_asked));
        let budget = candidate.wanted.map(|wanted| Self::Budget(Budget::of(facts, wanted.money()), wanted));
        let poster = facts.poster_stars.map(Self::PosterRated);
        let rated = Some(experience).filter(|_| poster.is_none()).and_then(Self::of_ratings);
        let jobs = experience.finished + experience.abandoned;
        let on_time = (experience.on_time > 0).then_some(Self::OnTime(experience.on_time, jobs));
        let new = (facts.age <= NEW_FOR).then_some(Self::New);
        [category, skills, budget, poster, rated, on_time, new].into_iter().flatten().collect()
    }

    fn of_level(category: Category, level: Level, experience: &Experience) -> Self {
        let evidence = match level {
            Level::Said => 0,
            Level::Worked => experience.finished,
            Level::Proven => experience.hallmarks,
        };
        Self::Category(category, level, evidence)
    }

    fn of_ratings(experience: &Experience) -> Option<Self> {
        let mean = (experience.ratings > 0).then(|| 100 * experience.stars / experience.ratings)?;
        (mean >= WELL_RATED).then_some(Self::RatedWell(mean))
    }

    /// Returns the word that programs read.
    pub fn code(&self) -> Cow<'static, str> {
        match self {
            Self::Invited => "invited".into(),
            Self::Category(_, level, _) => format!("category_{level}").into(),
            Self::Skills(known, asked) => format!("skills_{known}_of_{asked}").into(),
            Self::Budget(Budget::Fits, _) => "budget_fits".into(),
            Self::Budget(Budget::Reaches, _) => "budget_reaches".into(),
            Self::Budget(Budget::Below, _) => "budget_below".into(),
            Self::PosterRated(stars) => format!("poster_rated_{stars}").into(),
            Self::RatedWell(_) => "rated_well".into(),
            Self::OnTime(..) => "on_time_record".into(),
            Self::New => "new".into(),
        }
    }
}

impl Budget {
    fn of(facts: &Facts, wanted: Money) -> Self {
        match wanted {
            wanted if facts.budget_min >= wanted => Self::Fits,
            wanted if facts.budget_max >= wanted => Self::Reaches,
            _ => Self::Below,
        }
    }
}

/// Writes the phrase that people read, without a capital and a full stop.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Invited => f.write_str("the poster invited you"),
            Self::Category(category, Level::Said, _) => write!(f, "{} is a category of yours", category.spoken()),
            Self::Category(category, Level::Worked, jobs) => write!(f, "{} finished in {}", counted(jobs, "job"), category.spoken()),
            Self::Category(category, Level::Proven, hallmarks) => write!(f, "{} in {}", counted(hallmarks, "hallmark"), category.spoken()),
            Self::Skills(known, asked) => write!(f, "you have {known} of its {}", counted(asked, "skill")),
            Self::Budget(budget, Wanted::Least(pay)) => write!(f, "its budget {budget} the {pay} that you ask for"),
            Self::Budget(budget, Wanted::Usual(pay)) => write!(f, "its budget {budget} your usual {pay}"),
            Self::PosterRated(stars) => write!(f, "the poster rated you {stars}"),
            Self::RatedWell(mean) => write!(f, "posters rate you {}.{} in this category", mean / 100, mean % 100 / 10),
            Self::OnTime(on_time, jobs) => write!(f, "{on_time} of {} on time", counted(jobs, "job")),
            Self::New => f.write_str("posted within a day"),
        }
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fits => "begins at or above",
            Self::Reaches => "reaches",
            Self::Below => "is below",
        })
    }
}

/// Counts a noun: `1 job`, `2 jobs`.
fn counted(number: i64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use work::job::Skills;

    fn facts() -> Facts {
        Facts {
            category: Category::Coding,
            skills_asked: 3,
            skills_known: 2,
            budget_min: Money(10_000),
            budget_max: Money(30_000),
            poster_stars: None,
            age: Duration::hours(3),
        }
    }

    fn reasons(candidate: &Candidate, facts: &Facts) -> Vec<(String, String)> {
        let told = candidate.compare(facts).reasons;
        told.iter().map(|reason| (reason.code().into_owned(), reason.to_string())).collect()
    }

    fn pairs(told: &[(String, String)]) -> Vec<(&str, &str)> {
        told.iter().map(|(code, text)| (code.as_str(), text.as_str())).collect()
    }

    #[test]
    fn an_experienced_worker_is_told_its_record() {
        let experience = Experience { finished: 9, on_time: 8, abandoned: 1, hallmarks: 1, ratings: 2, stars: 9 };
        let candidate = Candidate::new(vec![Category::Coding], Skills::default(), Some(Wanted::Usual(Money(30_000))));
        let told = reasons(&candidate.experienced(Category::Coding, experience), &facts());
        let expected = [
            ("category_proven", "1 hallmark in coding"),
            ("skills_2_of_3", "you have 2 of its 3 skills"),
            ("budget_reaches", "its budget reaches your usual 300.00"),
            ("rated_well", "posters rate you 4.5 in this category"),
            ("on_time_record", "8 of 10 jobs on time"),
            ("new", "posted within a day"),
        ];
        assert_eq!(pairs(&told), expected);
    }

    #[test]
    fn reasons_are_said_as_far_as_there_are_some() {
        let old = Facts { skills_asked: 0, skills_known: 0, age: Duration::days(3), ..facts() };
        assert_eq!(reasons(&Candidate::default(), &old), []);
        let candidate = Candidate::new(vec![Category::Coding], Skills::default(), Some(Wanted::Least(Money(50_000))));
        let told = reasons(&candidate, &Facts { poster_stars: Some(5), ..old });
        let expected = [
            ("category_said", "coding is a category of yours"),
            ("budget_below", "its budget is below the 500.00 that you ask for"),
            ("poster_rated_5", "the poster rated you 5"),
        ];
        assert_eq!(pairs(&told), expected);
        let worked = candidate.experienced(Category::Coding, Experience { finished: 2, ratings: 1, stars: 3, ..Experience::default() });
        let told = reasons(&worked, &Facts { budget_min: Money(50_000), budget_max: Money(50_000), ..old });
        let expected = [
            ("category_worked", "2 jobs finished in coding"),
            ("budget_fits", "its budget begins at or above the 500.00 that you ask for"),
        ];
        assert_eq!(pairs(&told), expected);
    }
}
