//! The rules of featured jobs.

use super::{Card, Job, Status};
use kernel::{Duration, Time};
use std::ops::RangeInclusive;

/// The numbers of days that can be bought at a time.
pub const FEATURED_DAYS: RangeInclusive<i64> = 1..=30;
/// The default number of days.
pub const FEATURED_DAYS_USUAL: i64 = 7;

impl Job {
    /// Returns the end of the featuring; none once the job is not open.
    pub fn featured(&self) -> Option<Time> {
        self.featured_until.filter(|_| self.status == Status::Open)
    }

    /// Returns the number of further days that can be sold: the last of them begins before the job closes by itself.
    pub fn featured_days_max(&self, now: Time) -> i64 {
        let begins = self.featured_until.map_or(now, |until| until.max(now));
        let most = *FEATURED_DAYS.end();
        let Some(closes) = self.due_at else { return most };
        let left = (closes.ms() - begins.ms()).max(0);
        let day = Duration::days(1).as_ms();
        (left / day + i64::from(left % day > 0)).min(most)
    }
}

impl Card {
    /// Returns the end of the featuring; none once the job is not open.
    pub fn featured(&self) -> Option<Time> {
        self.featured_until.filter(|_| self.status == Status::Open)
    }
}
