//! The pages as an axum service: every request is resolved to a visitor once, then drawn or answered.
//!
//! The server puts a session layer around it and serves `/pkg`, `/fonts` and `/favicon.svg` before it.

mod answer;
mod kept;
pub(crate) mod policy;
mod request;

use crate::shell::shell;
use any_spawner::Executor;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use depot::Depot;
use kept::{Kept, Look};
use leptos::config::LeptosOptions;
use market::Market;
pub(crate) use request::cookie;
use request::{Seen, Unseen};

/// What the pages need.
#[derive(Clone)]
pub struct Site {
    /// The market they show.
    pub market: Market,
    /// Where the bytes of files are.
    pub files: Depot,
    /// Where the browser finds the scripts and the style: `/{site_pkg_dir}/{output_name}.{js,wasm,css}`.
    pub options: LeptosOptions,
}

/// Every page, every server function, and the not-found page for the rest. Use it as the fallback service.
pub fn router(site: Site) -> Router {
    // Leptos waits for pages on the server's own threads; a second router finds that settled.
    let _ = Executor::init_tokio();
    let kept = Kept::default();
    let pages = move |State(site): State<Site>, http: Request| page(site, kept.clone(), http);
    Router::new().route("/_fn/{*call}", post(answer::answer)).fallback(pages).with_state(site)
}

async fn page(site: Site, kept: Kept, http: Request) -> Response {
    if !matches!(*http.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [("allow", "GET, HEAD")]).into_response();
    }
    let (parts, body) = http.into_parts();
    let seen = match Seen::of(&site, &parts).await {
        Ok(seen) => seen,
        Err(error) => {
            let unseen = Unseen::of(&site, &parts, error);
            return draw(site, move || unseen.provide(), Request::from_parts(parts, body)).await;
        }
    };
    let look = Look::of(&parts, &seen);
    let http = Request::from_parts(parts, body);
    let Some(look) = look else { return draw(site, move || seen.provide(), http).await };
    match kept.find(&site.market, &look).await {
        Ok((_, Some(page))) => page,
        Ok((seq, None)) => kept.keep(seq, look, draw(site, move || seen.provide(), http).await).await,
        // The page itself will say what is wrong.
        Err(_) => draw(site, move || seen.provide(), http).await,
    }
}

async fn draw(site: Site, provide: impl Fn() + Clone + Send + Sync + 'static, http: Request) -> Response {
    let options = site.options;
    leptos_axum::render_app_async_with_context(provide, move || shell(options.clone()))(http).await
}
