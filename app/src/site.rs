//! The pages as an axum service: every request is resolved to a visitor once, then drawn or answered.
//!
//! The server puts a session layer around it and serves `/pkg`, `/fonts` and `/favicon.svg` before it.

mod answer;
pub(crate) mod policy;
mod request;

use crate::shell::shell;
use any_spawner::Executor;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::config::LeptosOptions;
use market::Market;
pub(crate) use request::cookie;

/// What the pages need.
#[derive(Clone)]
pub struct Site {
    /// The market they show.
    pub market: Market,
    /// Where the browser finds the scripts and the style: `/{site_pkg_dir}/{output_name}.{js,wasm,css}`.
    pub options: LeptosOptions,
}

/// Every page, every server function, and the not-found page for the rest. Use it as the fallback service.
pub fn router(site: Site) -> Router {
    // Leptos waits for pages on the server's own threads; a second router finds that settled.
    let _ = Executor::init_tokio();
    Router::new().route("/_fn/{*call}", post(answer::answer)).fallback(page).with_state(site)
}

async fn page(State(site): State<Site>, http: Request) -> Response {
    if !matches!(*http.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [("allow", "GET, HEAD")]).into_response();
    }
    let (parts, body) = http.into_parts();
    let seen = request::Seen::of(&site, &parts).await.map_err(|error| request::Unseen::of(&site, &parts, error));
    let provide = move || match &seen {
        Ok(seen) => seen.provide(),
        Err(unseen) => unseen.provide(),
    };
    let options = site.options.clone();
    leptos_axum::render_app_async_with_context(provide, move || shell(options.clone()))(Request::from_parts(parts, body)).await
}
