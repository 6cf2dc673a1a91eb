//! The words of profiles.

use crate::ui::when::MONTHS_IN_FULL;
use market::Time;
use market::profile::{Level, SpendBand};

/// Returns the label of a level.
pub const fn level(level: Level) -> &'static str {
    match level {
        Level::Said => "Said",
        Level::Worked => "Worked",
        Level::Proven => "Proven",
    }
}

/// Returns the label of a band.
pub const fn spend(band: SpendBand) -> &'static str {
    match band {
        SpendBand::Nothing => "0",
        SpendBand::Under100 => "under 100",
        SpendBand::Under1000 => "100–1,000",
        SpendBand::Under10000 => "1,000–10,000",
        SpendBand::Under100000 => "10,000–100,000",
        SpendBand::From100000 => "over 100,000",
    }
}

/// Formats a month: `November 2026`.
pub fn month(at: Time) -> String {
    let utc = at.utc();
    format!("{} {}", MONTHS_IN_FULL[usize::from(u8::from(utc.month())) - 1], utc.year())
}

/// Formats a count with its noun: `1 job`, `3 jobs`.
pub fn counted(count: i64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}

/// Formats hundredths with one decimal: 467 is `4.7`.
pub fn tenths(hundredths: i64) -> String {
    let tenths = (hundredths + 5) / 10;
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_written_out() {
        assert_eq!(month(Time::from_ms(1_795_000_000_000)), "November 2026");
        assert_eq!([counted(1, "job"), counted(0, "job")], ["1 job", "0 jobs"]);
        assert_eq!([tenths(467), tenths(500)], ["4.7", "5.0"]);
    }
}
