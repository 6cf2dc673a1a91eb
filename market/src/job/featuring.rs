//! Whether a job stands above other open jobs, and for how long that can be bought at a time.

use super::{Card, Job, Status};
use crate::{Error, Result, Span, Time};
use std::ops::RangeInclusive;

/// For how many days a job can be featured at a time.
pub const FEATURED_DAYS: RangeInclusive<i64> = 1..=30;
/// For how many, if nobody says.
pub const FEATURED_DAYS_USUAL: i64 = 7;

impl Job {
    /// Until when it stands above other open jobs; none once it is not open.
    pub fn featured(&self) -> Option<Time> {
        self.featured_until.filter(|_| self.status == Status::Open)
    }

    /// For how many days more it can be featured from now on: the last of them begins before the job closes by itself.
    pub fn featured_days_most(&self, now: Time) -> i64 {
        let begins = self.featured_until.map_or(now, |until| until.max(now));
        let most = *FEATURED_DAYS.end();
        let Some(closes) = self.due_at else { return most };
        let left = (closes.ms() - begins.ms()).max(0);
        let day = Span::days(1).as_ms();
        (left / day + i64::from(left % day > 0)).min(most)
    }

    /// Reads for how many days; as many as usual, or as there are, if nobody says.
    pub(super) fn days_to_feature(&self, days: Option<i64>, now: Time) -> Result<i64> {
        let most = self.featured_days_most(now);
        let days = days.unwrap_or(FEATURED_DAYS_USUAL.min(most));
        if (1..=most).contains(&days) {
            return Ok(days);
        }
        let closes = self.due_at.map(|at| at.to_string()).unwrap_or_default();
        let message = match most {
            0 => format!("The job is featured until it closes by itself at {closes}; leave it as it is."),
            most => format!("It is {days}, but the job closes by itself at {closes}; give {most} at the most."),
        };
        Err(Error::field("days", message).with("most", most))
    }
}

impl Card {
    /// Until when it stands above other open jobs; none once it is not open.
    pub fn featured(&self) -> Option<Time> {
        self.featured_until.filter(|_| self.status == Status::Open)
    }
}
