//! The time left until a deadline. The server renders the text; the page's script updates it every second.

use leptos::prelude::*;

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Shows the time left until `at`, counted from the server's `left_ms`, so that a wrong clock in the browser does not matter.
#[component]
pub fn Countdown(at: String, left_ms: i64) -> impl IntoView {
    view! { <time class="countdown" datetime=at data-left=left_ms data-near=nearness(left_ms)>{words(left_ms)}</time> }
}

/// Formats the time left, as the page's script does: `9 d 10 h`, `18 h 22 m`, `12 m 05 s`.
pub fn words(left_ms: i64) -> String {
    let (days, hours, minutes) = (left_ms / DAY, left_ms % DAY / HOUR, left_ms % HOUR / MINUTE);
    match left_ms {
        ms if ms <= 0 => "now".to_owned(),
        ms if ms < HOUR => format!("{minutes} m {:02} s", ms % MINUTE / 1000),
        ms if ms < DAY => format!("{hours} h {minutes:02} m"),
        _ => format!("{days} d {hours:02} h"),
    }
}

/// Formats a duration for a sentence: `2 days`, `1 hour`, `90 minutes`.
pub fn whole(ms: i64) -> String {
    let units = [(DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")];
    let (unit, name) = units.into_iter().find(|(unit, _)| ms >= *unit && ms % unit == 0).unwrap_or((1000, "second"));
    let n = ms / unit;
    if n == 1 { format!("1 {name}") } else { format!("{n} {name}s") }
}

/// Returns the urgency of a deadline, `soon` or `late`; none while it is far off.
pub fn nearness(left_ms: i64) -> Option<&'static str> {
    match left_ms {
        ms if ms < 4 * HOUR => Some("late"),
        ms if ms < 12 * HOUR => Some("soon"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_reads_in_two_units() {
        for (left, text) in [
            (9 * DAY + 10 * HOUR, "9 d 10 h"),
            (DAY + 4 * HOUR, "1 d 04 h"),
            (18 * HOUR + 22 * MINUTE, "18 h 22 m"),
            (3 * HOUR + 5 * MINUTE, "3 h 05 m"),
            (61_000, "1 m 01 s"),
            (-5, "now"),
        ] {
            assert_eq!(words(left), text);
        }
        let windows = [2 * DAY, HOUR, 90 * MINUTE, 2_000].map(whole);
        assert_eq!(windows, ["2 days", "1 hour", "90 minutes", "2 seconds"]);
        assert_eq!([nearness(3 * HOUR), nearness(9 * HOUR), nearness(DAY)], [Some("late"), Some("soon"), None]);
    }
}
