//! Moments in words: "21 Nov 13:40" in UTC, the whole of it in `datetime` and on hover.

use leptos::prelude::*;
use market::Time;

/// What months are called, January first.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment.
#[component]
pub fn When(
    at: Time,
    /// Without the hour, for dates far off.
    #[prop(optional)]
    day_only: bool,
) -> impl IntoView {
    let text = if day_only { day(at) } else { moment(at) };
    view! { <time datetime=at.to_string() title=full(at)>{text}</time> }
}

/// `21 Nov 13:40`, with the year when it is not this one.
pub fn moment(at: Time) -> String {
    let utc = at.utc();
    format!("{} {:02}:{:02}", day(at), utc.hour(), utc.minute())
}

/// `21 Nov`, with the year when it is not this one.
pub fn day(at: Time) -> String {
    let utc = at.utc();
    let month = MONTHS[usize::from(u8::from(utc.month())) - 1];
    let this_year = use_context::<crate::visitor::Now>().is_none_or(|now| now.0.utc().year() == utc.year());
    if this_year { format!("{} {month}", utc.day()) } else { format!("{} {month} {}", utc.day(), utc.year()) }
}

fn full(at: Time) -> String {
    let utc = at.utc();
    let month = MONTHS[usize::from(u8::from(utc.month())) - 1];
    format!("{} {month} {}, {:02}:{:02}:{:02} UTC", utc.day(), utc.year(), utc.hour(), utc.minute(), utc.second())
}
