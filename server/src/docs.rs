//! `/docs`: Swagger UI for `/openapi.json`, served from our own files, in the frame of the other pages.

use crate::site;
use app::ui::theme::{self, Theme};
use axum::Router;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use http::HeaderMap;
use http::header;

/// The content security policy of `/docs`: it loads our own files only, and Swagger UI needs no inline style.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
    font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const ABOUT: &str =
    "Every operation of the Guildhall API by purpose: jobs, proofing, money, account, teams and more, with examples and errors.";

pub(crate) fn routes() -> Router {
    Router::new().route("/docs", get(page))
}

async fn page(headers: HeaderMap) -> Response {
    let options = site::options();
    let css = format!("/{}/{}.css", options.site_pkg_dir, options.output_name);
    let html = html(&css, theme(&headers));
    ([(header::CONTENT_SECURITY_POLICY, POLICY), (header::CACHE_CONTROL, "no-cache")], Html(html)).into_response()
}

/// Returns the theme that the visitor chose; none if the system's decides.
fn theme(headers: &HeaderMap) -> Option<&'static str> {
    app::site::cookie(headers, theme::COOKIE).map_or(Theme::System, Theme::parse).word()
}

fn html(css: &str, theme: Option<&str>) -> String {
    let theme = theme.map(|theme| format!(" data-theme=\"{theme}\"")).unwrap_or_default();
    format!(
        r##"<!DOCTYPE html>
<html lang="en"{theme}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="{ABOUT}">
<title>API · Guildhall</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="manifest" href="/guildhall.webmanifest">
<link rel="stylesheet" href="{css}">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="stylesheet" href="/docs/docs.css">
<script src="/docs/swagger-ui-bundle.js" defer></script>
<script src="/docs/start.js" defer></script>
</head>
<body>
<a class="skip" href="#document">Skip to content</a>
<header class="bar"><div class="bar-in">
<a class="brand" href="/">Guildhall</a>
<nav class="nav" aria-label="Main"><a href="/jobs">Jobs</a><a href="/how-it-works">How it works</a><a href="/docs" aria-current="page">API</a></nav>
<div class="who"><a class="btn quiet" href="/settings/keys">API keys</a></div>
</div></header>
<div class="docs">
<noscript><p>This page needs JavaScript. The document itself is at <a href="/openapi.json">/openapi.json</a>,
and in short at <a href="/llms.txt">/llms.txt</a>.</p></noscript>
<div id="document"></div>
</div>
<footer class="foot"><div class="foot-in">
<a href="/how-it-works">How it works</a><a href="/help">Help</a><a href="/llms.txt">llms.txt</a><a href="/openapi.json">openapi.json</a>
</div></footer>
</body>
</html>
"##
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_wears_the_theme_that_was_chosen() {
        let mut headers = HeaderMap::new();
        assert_eq!(theme(&headers), None);
        headers.insert(header::COOKIE, "id=1; theme=dark".parse().expect("a value"));
        assert_eq!(theme(&headers), Some("dark"));
        assert!(html("/pkg/a.css", Some("dark")).contains("<html lang=\"en\" data-theme=\"dark\">"));
    }
}
