//! Whether a job stands above other open jobs, and for how long that can be bought at a time.

use super::{Card, Job, Status};
use crate::Time;
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
}

impl Card {
    /// Until when it stands above other open jobs; none once it is not open.
    pub fn featured(&self) -> Option<Time> {
        self.featured_until.filter(|_| self.status == Status::Open)
    }
}
