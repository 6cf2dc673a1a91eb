//! Times on a page: "21 Nov 13:40" in UTC, in full in `datetime` and on hover.

use leptos::prelude::*;
use market::Time;

/// The names of the months.
pub const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The names of the months, written out.
pub const MONTHS_IN_FULL: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A time on a page.
#[component]
pub fn When(
    at: Time,
    /// True to leave out the hour, for distant dates.
    #[prop(optional)]
    day_only: bool,
) -> impl IntoView {
    let text = if day_only { day(at) } else { moment(at) };
    view! { <time datetime=at.to_string() title=full(at)>{text}</time> }
}

/// Formats a time: `21 Nov 13:40`, with the year if it is not the current one.
pub fn moment(at: Time) -> String {
    let utc = at.utc();
    format!("{} {:02}:{:02}", day(at), utc.hour(), utc.minute())
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
