//! The pages that explain the market: how it works, and where help is.

pub mod help;
pub mod works;

use market::Duration;

/// Writes a duration of the operator's rules for a sentence: `3 days`, `24 hours`, `20 seconds`.
fn spoken(time: Duration) -> String {
    let seconds = time.as_ms() / 1_000;
    let counted = |number: i64, noun: &str| if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") };
    match seconds {
        s if s >= 172_800 && s % 86_400 == 0 => counted(s / 86_400, "day"),
        s if s >= 3_600 && s % 3_600 == 0 => counted(s / 3_600, "hour"),
        s if s >= 60 && s % 60 == 0 => counted(s / 60, "minute"),
        s => counted(s, "second"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_as_people_say_them() {
        let all = [Duration::days(3), Duration::hours(24), Duration::hours(1), Duration::minutes(10), Duration::ms(20_000)].map(spoken);
        assert_eq!(all, ["3 days", "24 hours", "1 hour", "10 minutes", "20 seconds"]);
    }
}
