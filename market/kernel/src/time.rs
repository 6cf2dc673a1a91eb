//! Times and durations. A time is stored and sent as fixed-width UTC text, so text order is time order.
//!
//! Only this file reads the system clock.

use crate::error::{Error, Result};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A time, to the millisecond: `2026-01-02T03:04:05.678Z`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    ms: i64,
}

/// The end of the year 9999; later times would not fit the fixed width.
const LAST_MS: i64 = 253_402_300_799_999;

impl Time {
    /// Creates a time from milliseconds since 1970, clamped to the years 1970 to 9999.
    pub const fn from_ms(ms: i64) -> Self {
        Self {
            ms: if ms < 0 {
                0
            } else if ms > LAST_MS {
                LAST_MS
            } else {
                ms
            },
        }
    }
    /// Returns the milliseconds since 1970.
    pub const fn ms(self) -> i64 {
        self.ms
    }
    /// Returns the whole seconds since 1970.
    pub const fn seconds(self) -> i64 {
        self.ms / 1000
    }
    /// Returns the time later by a duration.
    #[must_use]
    pub const fn after(self, span: Duration) -> Self {
        Self::from_ms(self.ms.saturating_add(span.ms))
    }
    /// Returns the time earlier by a duration.
    #[must_use]
    pub const fn before(self, span: Duration) -> Self {
        Self::from_ms(self.ms.saturating_sub(span.ms))
    }
    /// Returns the duration from `earlier` to this time; zero if it is not earlier.
    pub const fn since(self, earlier: Time) -> Duration {
        let ms = self.ms - earlier.ms;
        Duration { ms: if ms < 0 { 0 } else { ms } }
    }
    /// Parses RFC 3339; any offset is converted to UTC.
    pub fn parse(field: &'static str, text: &str) -> Result<Self> {
        Self::read(text).ok_or_else(|| Error::field(field, "It is not a time; write it like 2026-01-31T12:00:00Z."))
    }
    /// Returns the calendar date and time in UTC.
    pub fn utc(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.ms) * 1_000_000).unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }
    fn read(text: &str) -> Option<Self> {
        let nanos = OffsetDateTime::parse(text, &Rfc3339).ok()?.unix_timestamp_nanos();
        let ms = i64::try_from(nanos / 1_000_000).ok()?;
        (0..=LAST_MS).contains(&ms).then_some(Self { ms })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.utc();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            at.year(),
            u8::from(at.month()),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.millisecond()
        )
    }
}

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Time {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl serde::de::Visitor<'_> for Text {
            type Value = Time;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an RFC 3339 time")
            }
            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Time, E> {
                Time::read(text).ok_or_else(|| E::invalid_value(serde::de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_str(Text)
    }
}

/// A duration, to the millisecond, written `500ms`, `2s`, `30m`, `24h`, `7d`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Duration {
    ms: i64,
}

impl Duration {
    /// The duration zero.
    pub const ZERO: Duration = Duration { ms: 0 };
    /// Creates a duration from milliseconds.
    pub const fn ms(ms: i64) -> Self {
        Self { ms }
    }
    /// Creates a duration from seconds.
    pub const fn seconds(n: i64) -> Self {
        Self { ms: n * 1000 }
    }
    /// Creates a duration from minutes.
    pub const fn minutes(n: i64) -> Self {
        Self::seconds(n * 60)
    }
    /// Creates a duration from hours.
    pub const fn hours(n: i64) -> Self {
        Self::minutes(n * 60)
    }
    /// Creates a duration from days of 24 hours.
    pub const fn days(n: i64) -> Self {
        Self::hours(n * 24)
    }
    /// Returns the milliseconds.
    pub const fn as_ms(self) -> i64 {
        self.ms
    }
    /// Returns the seconds, rounded up.
    pub const fn seconds_up(self) -> i64 {
        (self.ms + 999) / 1000
    }
    /// Converts to the standard library's duration.
    pub const fn std(self) -> std::time::Duration {
        std::time::Duration::from_millis(if self.ms < 0 { 0 } else { self.ms as u64 })
    }
}

impl std::str::FromStr for Duration {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("'{text}' is not a duration; write a number and a unit: 500ms, 2s, 30m, 24h or 7d");
        let at = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let (number, unit) = text.split_at(at);
        let unit_ms = match unit {
            "ms" => 1,
            "s" => 1000,
            "m" => 60_000,
            "h" => 3_600_000,
            "d" => 86_400_000,
            _ => return Err(wrong()),
        };
        let number: i64 = number.parse().map_err(|_| wrong())?;
        number.checked_mul(unit_ms).filter(|ms| *ms <= LAST_MS).map(Duration::ms).ok_or_else(wrong)
    }
}

/// Formats a duration in its largest whole unit: `24h`, `90s`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let whole = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1000, "s")];
        match whole.iter().find(|(ms, _)| self.ms != 0 && self.ms % ms == 0) {
            Some((ms, unit)) => write!(f, "{}{unit}", self.ms / ms),
            None => write!(f, "{}ms", self.ms),
        }
    }
}

/// The clock from which acts get the time.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that stands still until a test moves it.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// Creates a manual clock that stands at `start`.
    pub fn manual(start: Time) -> Self {
        Clock::Manual(Arc::new(AtomicI64::new(start.ms)))
    }
    /// Returns the current time.
    pub fn now(&self) -> Time {
        match self {
            Clock::System => system_now(),
            Clock::Manual(ms) => Time::from_ms(ms.load(Ordering::SeqCst)),
        }
    }
    /// Advances a manual clock; the system's can't be moved.
    pub fn advance(&self, span: Duration) {
        if let Clock::Manual(ms) = self {
            ms.fetch_add(span.ms, Ordering::SeqCst);
        }
    }
}

#[allow(clippy::disallowed_methods, reason = "the one place that reads the system clock")]
fn system_now() -> Time {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    Time::from_ms(i64::try_from(since.as_millis()).unwrap_or(LAST_MS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spans_read_and_write() {
        for text in ["500ms", "2s", "30m", "24h", "7d"] {
            assert!(text.parse::<Duration>().is_ok(), "{text}");
        }
        assert_eq!("24h".parse::<Duration>(), Ok(Duration::days(1)));
        assert_eq!(Duration::hours(36).to_string(), "36h");
        for text in ["", "24", "h", "-1s", "1w", "99999999999999999d"] {
            assert!(text.parse::<Duration>().is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn text_order_is_time_order(a in 0..LAST_MS, b in 0..LAST_MS) {
            let (a, b) = (Time::from_ms(a), Time::from_ms(b));
            prop_assert_eq!(a.to_string().cmp(&b.to_string()), a.cmp(&b));
            prop_assert_eq!(Time::read(&a.to_string()), Some(a));
        }
    }
}
