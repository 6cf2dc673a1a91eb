//! Days and months, UTC: the spans that limits are counted in.

use kernel::{Duration, Time};

/// Returns the day of a time: `2026-11-30`.
pub(super) fn day(now: Time) -> String {
    now.to_string()[..10].to_owned()
}

/// Returns the month of a time: `2026-11`.
pub(super) fn month(now: Time) -> String {
    now.to_string()[..7].to_owned()
}

/// Returns the hour of a time, 0 to 23.
pub(super) fn hour(now: Time) -> i64 {
    now.utc().hour().into()
}

/// Returns the beginning of the next day.
pub(super) fn next_day(now: Time) -> Time {
    let length = Duration::days(1).as_ms();
    Time::from_ms((now.ms().div_euclid(length) + 1) * length)
}

/// Returns the beginning of the next month.
pub(super) fn next_month(now: Time) -> Time {
    let this = month(now);
    let mut next = next_day(now);
    while month(next) == this {
        next = next_day(next);
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_end_at_midnight() {
        let at = |text: &str| Time::parse("at", text).expect("a time");
        let last = at("2026-12-31T23:59:59.999Z");
        assert_eq!((day(last).as_str(), month(last).as_str(), hour(last)), ("2026-12-31", "2026-12", 23));
        assert_eq!((next_day(last), next_month(last)), (at("2027-01-01T00:00:00Z"), at("2027-01-01T00:00:00Z")));
        let first = at("2028-02-01T00:00:00Z");
        assert_eq!((next_day(first), next_month(first)), (at("2028-02-02T00:00:00Z"), at("2028-03-01T00:00:00Z")));
    }
}
