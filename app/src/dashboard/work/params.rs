//! The query parameters of the worker's dashboard.

use crate::url;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// The period of the charts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// Thirty days, a bar for each day.
    #[default]
    Month,
    /// Ninety days, a bar for each week.
    Quarter,
    /// A year, a bar for each week.
    Year,
}

impl Period {
    /// All periods, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// Returns the number of days of the period.
    pub const fn days(self) -> i64 {
        match self {
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// Returns the number of days of a bar, and the name of that unit.
    pub const fn step(self) -> (usize, &'static str) {
        match self {
            Self::Month => (1, "day"),
            Self::Quarter | Self::Year => (7, "week"),
        }
    }
}

/// The query parameters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkParams {
    /// The period of the charts.
    pub period: Period,
    /// The offset in the list of active jobs.
    pub active: i64,
    /// The offset in the list of applications.
    pub offset: i64,
}

impl WorkParams {
    /// Reads the parameters; unknown values are ignored.
    pub fn read(query: &ParamsMap) -> Self {
        let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        let days = number("period");
        let period = Period::ALL.into_iter().find(|period| period.days() == days).unwrap_or_default();
        Self { period, active: number("active"), offset: number("offset") }
    }

    /// Returns the number of days that the charts look back.
    pub const fn days(&self) -> i64 {
        self.period.days()
    }

    /// Returns the address of the page with a period.
    pub fn over(period: Period) -> String {
        let days = if period == Period::default() { String::new() } else { period.days().to_string() };
        url::with_query("/work", &[("period", &days)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_addresses() {
        assert_eq!(Period::ALL.map(WorkParams::over), ["/work", "/work?period=90", "/work?period=365"]);
        for (text, days) in [("90", 90), ("365", 365), ("31", 30), ("x", 30)] {
            let mut map = ParamsMap::new();
            map.insert("period", text.to_owned());
            assert_eq!(WorkParams::read(&map).days(), days, "{text}");
        }
    }
}
