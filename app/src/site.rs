//! The pages as an axum service: the visitor of a request is resolved once, then the page is rendered or the form answered.
//!
//! The server wraps it in a session layer and serves `/pkg`, `/fonts` and `/favicon.svg` itself.

mod answer;
mod one_click;
mod origin;
mod page_cache;
pub(crate) mod policy;
mod request;

use crate::sandbox::kept::KeptMail;
use crate::shell::shell;
pub use crate::ui::form::FORM_PATH;
use any_spawner::Executor;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use leptos::config::LeptosOptions;
use market::endpoint::Webhooks;
use market::payment::Payments;
use market::{Actor, Market, Result};
use page_cache::{CacheKey, PageCache};
pub use request::cookie;
use request::{ErrorContext, PageContext};
use std::sync::Arc;
use storage::FileStore;

/// Counts a form that a member sent, with the job that it is about; fails if the member sends too many.
pub type FormLimit = Arc<dyn Fn(&Actor, &str, Option<&str>) -> Result<()> + Send + Sync>;

/// The services that pages need.
#[derive(Clone)]
pub struct Site {
    /// The market.
    pub market: Market,
    /// The limit on a member's forms.
    pub form_limit: FormLimit,
    /// The storage of files.
    pub files: FileStore,
    /// The payment provider.
    pub payments: Payments,
    /// The way in which webhooks are sent.
    pub webhooks: Webhooks,
    /// The folder of kept mail; none if mail is sent.
    pub mail: Option<KeptMail>,
    /// The location of scripts and styles: `/{site_pkg_dir}/{output_name}.{js,wasm,css}`.
    pub options: LeptosOptions,
}

/// Builds the service: all pages, all server functions, and the not-found page for the rest. Use it as the fallback service.
pub fn router(site: Site) -> Router {
    // Leptos runs its futures on tokio; the second router of a process finds the executor set.
    let _ = Executor::init_tokio();
    let cache = PageCache::default();
    let pages = move |State(site): State<Site>, http: Request| page(site, cache.clone(), http);
    Router::new()
        .route(&format!("{FORM_PATH}{{*call}}"), post(answer::answer))
        .route("/unsubscribe", post(one_click::unsubscribe).fallback(pages.clone()))
        .fallback(pages)
        .with_state(site)
}

async fn page(site: Site, cache: PageCache, http: Request) -> Response {
    if !matches!(*http.method(), Method::GET | Method::HEAD) {
        return (StatusCode::METHOD_NOT_ALLOWED, [("allow", "GET, HEAD")]).into_response();
    }
    let (parts, body) = http.into_parts();
    let context = match PageContext::of(&site, &parts).await {
        Ok(context) => context,
        Err(error) => {
            let error_context = ErrorContext::of(&site, &parts, error);
            return draw(site, move || error_context.provide(), Request::from_parts(parts, body)).await;
        }
    };
    let key = CacheKey::of(&parts, &context);
    let http = Request::from_parts(parts, body);
    let Some(key) = key else { return draw(site, move || context.provide(), http).await };
    match cache.find(&site.market, &key).await {
        Ok((_, Some(page))) => page,
        Ok((seq, None)) => cache.keep(seq, key, draw(site, move || context.provide(), http).await).await,
        // The page itself shows the error.
        Err(_) => draw(site, move || context.provide(), http).await,
    }
}

async fn draw(site: Site, provide: impl Fn() + Clone + Send + Sync + 'static, http: Request) -> Response {
    let options = site.options;
    leptos_axum::render_app_async_with_context(provide, move || shell(options.clone()))(http).await
}
