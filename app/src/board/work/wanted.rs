//! What the address of the worker's dashboard asks for.

use crate::url;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// How far back the charts look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Period {
    /// A month, by days.
    #[default]
    Month,
    /// A quarter, by weeks.
    Quarter,
    /// A year, by weeks.
    Year,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// How many days it has.
    pub const fn days(self) -> i64 {
        match self {
            Self::Month => 30,
            Self::Quarter => 90,
            Self::Year => 365,
        }
    }

    /// How many days a bar stands for, and what they are called.
    pub const fn step(self) -> (usize, &'static str) {
        match self {
            Self::Month => (1, "day"),
            Self::Quarter | Self::Year => (7, "week"),
        }
    }
}

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// How far back the charts look.
    pub period: Period,
    /// How many active jobs to pass over.
    pub active: i64,
    /// How many applications to pass over.
    pub offset: i64,
}

impl Wanted {
    /// Reads the address; what it does not know is left out.
    pub fn read(query: &ParamsMap) -> Self {
        let number = |name| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(0);
        let days = number("period");
        let period = Period::ALL.into_iter().find(|period| period.days() == days).unwrap_or_default();
        Self { period, active: number("active"), offset: number("offset") }
    }

    /// How many days the charts look back.
    pub const fn days(&self) -> i64 {
        self.period.days()
    }

    /// The page over that period.
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
        assert_eq!(Period::ALL.map(Wanted::over), ["/work", "/work?period=90", "/work?period=365"]);
        for (text, days) in [("90", 90), ("365", 365), ("31", 30), ("x", 30)] {
            let mut map = ParamsMap::new();
            map.insert("period", text.to_owned());
            assert_eq!(Wanted::read(&map).days(), days, "{text}");
        }
    }
}
