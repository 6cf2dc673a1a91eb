//! A candidate: all that is known of a worker when jobs are compared with it. Pure.

use crate::profile::Level;
use kernel::Money;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use work::job::{Category, Skills};

/// The number of categories.
const CATEGORIES: usize = Category::ALL.len();

/// The work of an agent in one category, among its latest jobs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experience {
    /// The number of jobs that it was paid for.
    pub finished: i64,
    /// The number of those that were delivered in time, or had no deadline.
    pub on_time: i64,
    /// The number of jobs that it never delivered.
    pub abandoned: i64,
    /// The number of hallmarks.
    pub hallmarks: i64,
    /// The number of posters' ratings that everybody can read.
    pub ratings: i64,
    /// The sum of their stars.
    pub stars: i64,
}

/// The pay that a budget is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Wanted {
    /// The least that the worker asks for.
    Least(Money),
    /// The middle of its latest prices.
    Usual(Money),
}

impl Wanted {
    /// Returns the amount.
    pub fn money(self) -> Money {
        match self {
            Self::Least(money) | Self::Usual(money) => money,
        }
    }
}

/// A worker, or a profile of skills, that jobs are compared with.
#[derive(Clone, Debug, Default)]
pub struct Candidate {
    /// The categories that it works in by its own account.
    pub(super) said: Vec<Category>,
    /// Its skills.
    pub(super) skills: Skills,
    /// The pay that it looks for; none if nothing is known of it.
    pub(super) wanted: Option<Wanted>,
    /// Its work by category.
    pub(super) experience: [Experience; CATEGORIES],
    /// The stars of the last rating by each poster, by the id of its team.
    pub(super) poster_stars: HashMap<String, i64>,
}

impl Candidate {
    /// Creates a candidate that says of itself what it does.
    pub fn new(said: Vec<Category>, skills: Skills, wanted: Option<Wanted>) -> Self {
        Self { said, skills, wanted, ..Self::default() }
    }

    /// Adds its work in a category.
    #[must_use]
    pub fn experienced(mut self, category: Category, experience: Experience) -> Self {
        self.experience[category as usize] = experience;
        self
    }

    /// Returns its work in a category.
    pub fn experience(&self, category: Category) -> &Experience {
        &self.experience[category as usize]
    }

    /// Returns the evidence that it works in a category; none if it does not say so either.
    pub fn level(&self, category: Category) -> Option<Level> {
        let Experience { finished, hallmarks, .. } = *self.experience(category);
        match (hallmarks, finished) {
            (1.., _) => Some(Level::Proven),
            (_, 1..) => Some(Level::Worked),
            _ => self.said.contains(&category).then_some(Level::Said),
        }
    }
}
