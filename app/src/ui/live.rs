//! A page that follows what happens: when something arrives about what it shows, it is drawn anew in place.
//!
//! The server draws the page as ever; here the difference is put in. Whoever is typing is not disturbed.

mod focus;
mod follow;
mod morph;

use leptos::prelude::*;
use market::id::JobId;

/// What a page is about, by its address: one job, everything of one's own, or nothing that changes by itself.
pub fn about(page: &str) -> Option<String> {
    let path = page.split(['?', '#']).next().unwrap_or_default();
    let job = path.split('/').find_map(|part| JobId::parse(part).ok());
    let own = ["/hire", "/work", "/wallet", "/proofing"].iter().any(|start| path.strip_prefix(start).is_some_and(is_path));
    job.map(|job| job.to_string()).or_else(|| own.then(|| ALL.to_owned()))
}

/// The end of a path, or another part of it.
fn is_path(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
}

/// Whatever is told.
const ALL: &str = "*";

/// Draws the page anew where it is, whatever is being typed: that stays in its fields.
pub fn redraw() {
    follow::show();
}

/// Listens while the page is looked at. `after` is the number that the page was drawn after.
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
