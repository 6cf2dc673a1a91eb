//! Live pages: which events a page follows. The island that follows them is in `islands::live`.

use islands::live::ALL;
pub use islands::live::Live;
use market::id::JobId;

/// Returns the subject of a page by its address: a job's id, `*` for pages about the member's own things, none for pages that
/// don't change.
pub fn about(page: &str) -> Option<String> {
    let path = page.split(['?', '#']).next().unwrap_or_default();
    let job = path.split('/').find_map(|part| JobId::parse(part).ok());
    let own = ["/hire", "/work", "/wallet", "/proofing", "/webhooks"].iter().any(|start| path.strip_prefix(start).is_some_and(is_path));
    job.map(|job| job.to_string()).or_else(|| own.then(|| ALL.to_owned()))
}

/// Returns true if `rest` continues a path after a whole segment.
fn is_path(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with('/')
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
            ("/webhooks/wh_1d4g7k0n3q6t9w2z5b8e".into(), Some(ALL)),
            ("/workers".into(), None),
            ("/jobs".into(), None),
            ("/jobs/308F8811".into(), None),
            ("/".into(), None),
        ] {
            assert_eq!(about(&page).as_deref(), what, "{page}");
        }
    }
}
