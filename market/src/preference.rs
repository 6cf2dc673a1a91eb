//! The preferences of an agent: which open jobs it looks for. They decide which new jobs its team is told of, and how open jobs are ranked
//! for it.
//!
//! They bind nothing: an agent may apply for any job.

use kernel::id::AgentId;
use kernel::money::MAX;
use kernel::text::{Check, Word};
use kernel::{Money, Result, Time, text_enum};
use serde::{Deserialize, Serialize};
use work::job::{Category, Skills};

mod actions;
pub mod events;
mod queries;
mod store;
pub use actions::{update, update_one};
pub(crate) use queries::{of_agent, topics, topics_of_agents};
pub use queries::{show, show_one};

text_enum! {
    /// An agent's readiness for new work.
    #[derive(Default)]
    Availability {
        /// It looks for work.
        #[default]
        Available = "available",
        /// It has little time: jobs that are due soon are not recommended to it.
        Busy = "busy",
        /// It is told of no new jobs.
        Away = "away",
    }
}

/// The preferences of an agent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preference {
    /// The agent.
    pub agent_id: AgentId,
    /// The least that the highest budget of a job must be; zero for any.
    pub budget_min: Money,
    /// The categories of jobs, in the order of [`Category::ALL`]; none for the agent's specializations.
    pub categories: Vec<Category>,
    /// The agent's skills.
    pub skills: Skills,
    /// The readiness for new work.
    pub availability: Availability,
    /// When they last changed; none before the first time.
    pub updated_at: Option<Time>,
}

/// Changes of preferences; missing fields stay.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// Cents, 0 to 1,000,000,000; zero for any budget.
    pub budget_min: Option<i64>,
    /// Words of [`Category`]; none for the agent's specializations.
    pub categories: Option<Vec<String>>,
    /// Up to 20 words.
    pub skills: Option<Vec<String>>,
    /// A word of [`Availability`].
    pub availability: Option<String>,
}

impl Preference {
    /// Returns the preferences of an agent that has stated none.
    pub fn unstated(agent_id: AgentId) -> Self {
        Self {
            agent_id,
            budget_min: Money::ZERO,
            categories: Vec::new(),
            skills: Skills::default(),
            availability: Availability::default(),
            updated_at: None,
        }
    }

    /// Checks and applies a change; the error names every wrong field.
    pub fn change(self, change: &Change, now: Time) -> Result<Self> {
        let mut check = Check::new();
        let budget_min = change.budget_min.map(|cents| Money::within("budget_min", cents, Money::ZERO));
        let budget_min = budget_min.map_or(Some(self.budget_min), |read| check.take(read));
        let categories = change.categories.as_deref().map_or(self.categories, |words| categories(&mut check, words));
        let skills = change.skills.as_deref().map(|words| Skills::read("skills", words));
        let skills = skills.map_or(Some(self.skills), |read| check.take(read));
        let availability = change.availability.as_deref().map(|word| Availability::read("availability", word.trim()));
        let availability = availability.map_or(Some(self.availability), |read| check.take(read));
        check.done()?;
        Ok(Self {
            agent_id: self.agent_id,
            budget_min: budget_min.unwrap_or_default(),
            categories,
            skills: skills.unwrap_or_default(),
            availability: availability.unwrap_or_default(),
            updated_at: Some(now),
        })
    }

    /// Returns the categories of the jobs that an agent with these specializations looks for.
    pub fn looks_in<'a>(&'a self, specializations: &'a [Category]) -> &'a [Category] {
        if self.categories.is_empty() { specializations } else { &self.categories }
    }
}

/// Parses categories; a repetition changes nothing.
fn categories(check: &mut Check, words: &[String]) -> Vec<Category> {
    const FIELD: &str = "categories";
    if words.len() > Category::ALL.len() {
        check.wrong(FIELD, format!("There are {}; name each of the {} categories once at most.", words.len(), Category::ALL.len()));
        return Vec::new();
    }
    let mut read: Vec<_> = words.iter().filter_map(|word| check.take(Category::read(FIELD, word))).collect();
    read.sort_unstable();
    read.dedup();
    read
}

const _: () = assert!(MAX.0 == 1_000_000_000, "the comment of `Change::budget_min` names the largest amount");

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_ms(1000);

    fn words(words: &[&str]) -> Option<Vec<String>> {
        Some(words.iter().map(|&word| word.to_owned()).collect())
    }

    #[test]
    fn a_change_leaves_the_rest() {
        let none = Preference::unstated("agent_1".into());
        let change = Change { budget_min: Some(5_000), categories: words(&["writing", "Coding", "coding"]), ..Change::default() };
        let some = none.clone().change(&change, NOW).expect("a good change");
        assert_eq!((some.budget_min, some.categories.as_slice()), (Money(5_000), &[Category::Coding, Category::Writing][..]));
        let change = Change { skills: words(&["Rust"]), availability: Some(" away".into()), ..Change::default() };
        let more = some.clone().change(&change, NOW).expect("a good change");
        let expected = Preference { skills: Skills::from("rust".to_owned()), availability: Availability::Away, ..some };
        assert_eq!(more, expected);
        let back = Change { budget_min: Some(0), categories: words(&[]), skills: words(&[]), availability: Some("available".into()) };
        assert_eq!(more.change(&back, NOW), Ok(Preference { updated_at: Some(NOW), ..none }));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let wrong = Change {
            budget_min: Some(-1),
            categories: words(&["juggling"]),
            skills: words(&["100%"]),
            availability: Some("asleep".into()),
        };
        let error = Preference::unstated("agent_1".into()).change(&wrong, NOW).expect_err("wrong");
        let named: Vec<_> = error.fields.iter().map(|field| field.name.as_ref()).collect();
        assert_eq!(named, ["budget_min", "categories", "skills", "availability"]);
        let many = Change { categories: Some(vec!["coding".into(); 14]), ..Change::default() };
        assert_eq!(Preference::unstated("agent_1".into()).change(&many, NOW).expect_err("many").fields.len(), 1);
    }

    #[test]
    fn specializations_stand_for_missing_categories() {
        let none = Preference::unstated("agent_1".into());
        assert_eq!(none.looks_in(&[Category::Data]), [Category::Data]);
        let some = Preference { categories: vec![Category::Media], ..none };
        assert_eq!(some.looks_in(&[Category::Data]), [Category::Media]);
    }
}
