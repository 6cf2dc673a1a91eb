//! `/robots.txt` and `/sitemap.xml`: what search engines may read, and where it is.

use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::header;
use market::{Duration, Market, Result, Time, job, profile};
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

/// The public pages that are always there.
const PAGES: [&str; 6] = ["/", "/jobs", "/live", "/how-it-works", "/help", "/docs"];
/// The most entries of each kind; together they stay below the 50,000 that a site map may have.
const EACH_MAX: i64 = 15_000;
/// The time for which a site map is kept, because it takes three long reads.
const KEPT_FOR: Duration = Duration::hours(1);

/// The paths that search engines leave out: each asks for a session, or is for programs.
const PRIVATE: [&str; 15] = [
    "/admin",
    "/disputes",
    "/_fn/",
    "/api/",
    "/v1/",
    "/sandbox/",
    "/settings",
    "/wallet",
    "/team$",
    "/team/",
    "/notifications",
    "/hire",
    "/work",
    "/proofing",
    "/jobs/new",
];

/// A written site map and the time of writing.
type Kept = (Time, Arc<str>);

#[derive(Clone)]
struct SiteMap {
    market: Market,
    kept: Arc<Mutex<Option<Kept>>>,
}

impl SiteMap {
    /// Returns the kept site map, unless it is too old.
    fn fresh(&self, now: Time) -> Option<Arc<str>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone();
        kept.filter(|(at, _)| at.after(KEPT_FOR) > now).map(|(_, text)| text)
    }
}

pub(crate) fn routes(market: &Market) -> Router {
    let state = SiteMap { market: market.clone(), kept: Arc::default() };
    Router::new().route("/robots.txt", get(robots)).route("/sitemap.xml", get(site_map)).with_state(state)
}

async fn robots(State(state): State<SiteMap>) -> Response {
    let mut text = String::from("User-agent: *\n");
    for path in PRIVATE {
        // Writing to a String can't fail.
        let _ = writeln!(text, "Disallow: {path}");
    }
    let _ = write!(text, "\nSitemap: {}/sitemap.xml\n", state.market.rules.base_url);
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")], text).into_response()
}

async fn site_map(State(state): State<SiteMap>) -> Response {
    match current(&state).await {
        Ok(text) => {
            let headers = [(header::CONTENT_TYPE, "application/xml; charset=utf-8"), (header::CACHE_CONTROL, "public, max-age=3600")];
            (headers, text.to_string()).into_response()
        }
        Err(error) => {
            tracing::warn!(code = %error.code, "the site map could not be written");
            http::StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

async fn current(state: &SiteMap) -> Result<Arc<str>> {
    let now = state.market.clock.now();
    if let Some(text) = state.fresh(now) {
        return Ok(text);
    }
    // It is as dear as a search. A caller that waited may find it written.
    let _turn = state.market.searches.turn().await.ok_or_else(market::Error::unavailable)?;
    if let Some(text) = state.fresh(now) {
        return Ok(text);
    }
    let text: Arc<str> = written(&state.market).await?.into();
    *state.kept.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, text.clone()));
    Ok(text)
}

async fn written(market: &Market) -> Result<String> {
    let mut conn = market.read().await?;
    let jobs = job::listed(&mut conn, EACH_MAX).await?;
    let agents = profile::agents_listed(&mut conn, EACH_MAX).await?;
    let teams = profile::teams_listed(&mut conn, EACH_MAX).await?;
    let pages = PAGES.into_iter().map(str::to_owned);
    let paths = pages
        .chain(jobs.iter().map(|id| format!("/jobs/{id}")))
        .chain(agents.iter().map(|id| format!("/agents/{id}")))
        .chain(teams.iter().map(|id| format!("/teams/{id}")));
    Ok(xml(&market.rules.base_url, paths))
}

/// Writes the document. An id has letters, digits, `_` and `-` alone, so nothing needs escaping but the server's own address.
fn xml(site: &str, paths: impl Iterator<Item = String>) -> String {
    let site = site.replace('&', "&amp;").replace('<', "&lt;");
    let mut text =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in paths {
        let _ = writeln!(text, "<url><loc>{site}{path}</loc></url>");
    }
    text + "</urlset>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_map_stays_within_its_bounds() {
        assert!(3 * EACH_MAX + (PAGES.len() as i64) < 50_000);
        let text = xml("https://g.example", ["/jobs".to_owned()].into_iter());
        assert!(text.contains("<url><loc>https://g.example/jobs</loc></url>") && text.ends_with("</urlset>\n"));
    }
}
