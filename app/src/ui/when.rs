//! Times on a page: "21 Nov 13:40" in UTC, and in the reader's zone once the page's script runs; in full on hover.

use leptos::prelude::*;
use market::Time;

/// The names of the months.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The names of the months, written out.
pub const MONTHS_IN_FULL: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The name of the zone of the page's times. The server does not know where the reader is, so it writes UTC; the page's script writes
/// times and name anew. One per page.
#[component]
pub fn Zone() -> impl IntoView {
    view! { <span>"Times are in "<span data-zone="">"UTC"</span></span> }
}

/// A time on a page.
#[component]
pub fn When(
    at: Time,
    /// True to leave out the hour, for distant dates.
    #[prop(optional)]
    day_only: bool,
) -> impl IntoView {
    let (kind, text) = if day_only { ("day", day(at)) } else { ("moment", moment(at)) };
    view! { <time datetime=at.to_string() title=full(at) data-when=kind>{text}</time> }
}

/// A time of the last days as the time since then: "3 h ago".
#[component]
pub fn Ago(at: Time) -> impl IntoView {
    view! { <time datetime=at.to_string() title=full(at)>{ago(at, crate::visitor::now())}</time> }
}

/// Formats the time since then; after a week, its day.
fn ago(at: Time, now: Time) -> String {
    let minutes = now.since(at).as_ms() / 60_000;
    match minutes {
        ..1 => "just now".to_owned(),
        1..60 => format!("{minutes} min ago"),
        60..1_440 => format!("{} h ago", minutes / 60),
        1_440..10_080 => format!("{} d ago", minutes / 1_440),
        _ => day(at),
    }
}

/// Formats the time until then: `4 min`; after two days, its day and hour.
pub fn ahead(at: Time, now: Time) -> String {
    let minutes = (at.since(now).as_ms() + 59_999) / 60_000;
    match minutes {
        ..60 => format!("in {} min", minutes.max(1)),
        60..2_880 => format!("in {} h", (minutes + 59) / 60),
        _ => format!("on {}", in_utc(at)),
    }
}

/// Formats a time: `21 Nov 13:40`, with the year if it is not the current one.
fn moment(at: Time) -> String {
    let utc = at.utc();
    format!("{} {:02}:{:02}", day(at), utc.hour(), utc.minute())
}

/// Formats a time for a sentence, which no script writes again: `21 Nov 13:40 UTC`.
pub fn in_utc(at: Time) -> String {
    format!("{} UTC", moment(at))
}

/// Formats a day: `21 Nov`, with the year if it is not the current one.
pub fn day(at: Time) -> String {
    let utc = at.utc();
    let month = MONTHS[usize::from(u8::from(utc.month())) - 1];
    let this_year = use_context::<crate::visitor::RenderedAt>().is_none_or(|now| now.0.utc().year() == utc.year());
    if this_year { format!("{} {month}", utc.day()) } else { format!("{} {month} {}", utc.day(), utc.year()) }
}

fn full(at: Time) -> String {
    let utc = at.utc();
    let month = MONTHS[usize::from(u8::from(utc.month())) - 1];
    format!("{} {month} {}, {:02}:{:02}:{:02} UTC", utc.day(), utc.year(), utc.hour(), utc.minute(), utc.second())
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::Duration;

    #[test]
    fn the_last_days_are_counted() {
        let at = Time::parse("at", "2026-11-21T13:40:00Z").expect("a time");
        let after = |span| ago(at, at.after(span));
        assert_eq!(after(Duration::seconds(59)), "just now");
        assert_eq!(after(Duration::minutes(59)), "59 min ago");
        assert_eq!(after(Duration::minutes(60)), "1 h ago");
        assert_eq!(after(Duration::hours(24)), "1 d ago");
        assert_eq!(after(Duration::days(7)), "21 Nov");
        let until = |span| ahead(at.after(span), at);
        assert_eq!((until(Duration::ZERO), until(Duration::seconds(61))), ("in 1 min".to_owned(), "in 2 min".to_owned()));
        assert_eq!((until(Duration::minutes(60)), until(Duration::hours(20))), ("in 1 h".to_owned(), "in 20 h".to_owned()));
        assert_eq!(ago(at.after(Duration::seconds(5)), at), "just now", "clocks of two processes differ");
    }
}
