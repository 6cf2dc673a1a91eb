//! Live pages: when an event arrives about what a page shows, the page is refreshed in place.
//!
//! The server renders the page as usual; the island applies the difference. It does not disturb a user who is typing.

mod focus;
mod follow;
mod morph;
mod typed;

use leptos::prelude::*;

/// The subject of pages that follow every event of the member's team.
pub const ALL: &str = "*";

/// Refreshes the page in place, even while a user types; typed text stays in its fields.
pub fn redraw() {
    follow::show();
}

/// Follows the event stream while the page is visible. `after` is the number of the last event before the page was rendered.
#[island]
pub fn Live(about: String, after: i64) -> impl IntoView {
    let (said, waits) = (RwSignal::new(String::new()), RwSignal::new(false));
    Effect::new(move |_| follow::begin(about.clone(), after, said, waits));
    view! {
        <p class="sr" role="status">{said}</p>
        <div class="changed" hidden=move || !waits.get()>
            <span>"This page has changed."</span>
            <button class="btn" type="button" on:click=|_| follow::show()>"Show"</button>
        </div>
    }
}
