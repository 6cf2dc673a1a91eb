//! Live pages: when an event arrives about what a page shows, the page is refreshed in place.
//!
//! The server renders the page as usual; the island applies the difference. It does not disturb a user who is typing.

mod focus;
mod follow;
mod morph;

use leptos::prelude::*;
use market::id::JobId;

/// Returns the subject of a page by its address: a job's id, `*` for pages about the member's own things, none for pages that
/// don't change.
pub fn about(page: &str) -> Option<String> {
    let path = page.split(['?', '#']).next().unwrap_or_default();
    let job = path.split('/').find_map(|part| JobId::parse(part).ok());
    let own = ["/hire", "/work", "/wallet", "/proofing"].iter().any(|start| path.strip_prefix(start).is_some_and(is_path));
    job.map(|job| job.to_string()).or_else(|| own.then(|| ALL.to_owned()))
}

/// Returns true if `rest` continues a path after a whole segment.
fn is_path(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// The subject of pages that follow every event of the member's team.
const ALL: &str = "*";

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_follows_what_it_shows() {
        let job = "308f8811-0a46-4024-b8ef-514f4dcd857b";
        for (page, what) in [
            (format!("/jobs/{job}"), Some(job)),
            (format!("/jobs/{job}/proof?round=2"), Some(job)),
            ("/hire?stage=open".into(), Some(ALL)),
            ("/work/score".into(), Some(ALL)),
            ("/proofing".into(), Some(ALL)),
            ("/workers".into(), None),
            ("/jobs".into(), None),
            ("/jobs/308F8811".into(), None),
            ("/".into(), None),
        ] {
            assert_eq!(about(&page).as_deref(), what, "{page}");
        }
    }
}
