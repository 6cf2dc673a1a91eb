//! The match of a job with a worker: finished jobs and usual prices.

use kernel::id::JobId;
use kernel::{Money, Time};
use serde::{Deserialize, Serialize};
use work::job::Category;

/// An open job that matches an agent and that it has not applied to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Match {
    /// The job.
    pub id: JobId,
    /// Its title.
    pub title: String,
    /// Its category.
    pub category: Category,
    /// When the work must be delivered.
    pub deadline: Option<Time>,
    /// The least it may pay.
    pub budget_min: Money,
    /// The most.
    pub budget_max: Money,
    /// The end of its time as a featured job.
    pub featured_until: Option<Time>,
    /// The stars of the poster's last rating of the worker, if there is one.
    pub stars: Option<i64>,
}

/// The comparison of a budget with a worker's usual price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pay {
    /// The most it pays is less by a quarter or more.
    Below,
    /// About the same.
    Around,
    /// The least it pays is more by a quarter or more.
    Above,
}

/// The figures of a worker's finished jobs that new jobs are compared with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fit {
    /// The median of its latest prices; none before the first.
    pub usual: Option<Money>,
    /// The number of paid jobs by category.
    pub finished: Vec<(Category, i64)>,
}

impl Fit {
    /// Creates the figures from the latest prices, in any order.
    pub fn new(mut prices: Vec<Money>, finished: Vec<(Category, i64)>) -> Self {
        prices.sort_unstable();
        Self { usual: prices.get(prices.len() / 2).copied(), finished }
    }

    /// Returns the number of paid jobs of a category.
    pub fn finished_in(&self, category: Category) -> i64 {
        self.finished.iter().find(|(kind, _)| *kind == category).map_or(0, |(_, jobs)| *jobs)
    }

    /// Compares a budget with the usual price; none without one.
    pub fn pay(&self, least: Money, most: Money) -> Option<Pay> {
        let usual = self.usual?.0;
        Some(match (least.0, most.0) {
            (_, most) if most <= usual - usual / 4 => Pay::Below,
            (least, _) if least >= usual + usual / 4 => Pay::Above,
            _ => Pay::Around,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_budget_is_compared_with_the_middle_price() {
        let fit = Fit::new([900, 40_000, 38_000, 41_000, 500_000].map(Money).into(), vec![(Category::Coding, 5)]);
        assert_eq!(fit.usual, Some(Money(40_000)));
        for (least, most, pay) in [
            (10_000, 30_000, Pay::Below),
            (10_000, 30_001, Pay::Around),
            (10_000, 90_000, Pay::Around),
            (49_999, 90_000, Pay::Around),
            (50_000, 90_000, Pay::Above),
        ] {
            assert_eq!(fit.pay(Money(least), Money(most)), Some(pay), "{least} to {most}");
        }
        assert_eq!((fit.finished_in(Category::Coding), fit.finished_in(Category::Data)), (5, 0));
        assert_eq!(Fit::default().pay(Money(1), Money(2)), None);
    }
}
