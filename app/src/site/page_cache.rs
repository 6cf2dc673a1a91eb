//! The page cache: pages that look the same for every anonymous visitor, cached until the next event.
//!
//! Cached pages are never stale: the key contains the number of the last event, which is read for every visit.

use super::request::PageContext;
use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::nonce::Nonce;
use market::memory::UntilNextEvent;
use market::{Market, Result, event};
use std::sync::Arc;

/// The cacheable pages: they show nothing about the visitor, and times no finer than a minute.
const ALIKE: [&str; 3] = ["/", "/jobs", "/live"];
/// The most bytes of all cached pages.
const PAGES_BYTES_MAX: usize = 16 << 20;
/// The longest path and query whose page is cached.
const PATH_BYTES_MAX: usize = 256;
/// The most bytes of a page that can be cached.
const PAGE_BYTES_MAX: usize = 1 << 20;
/// About as many bytes as an entry takes beside its page.
const ENTRY_BYTES: usize = 2048;

/// The cache key of a page: its path and query, the theme, and the current minute, since pages say how long ago a job was posted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CacheKey {
    path: String,
    theme: Option<&'static str>,
    minute: i64,
}

impl CacheKey {
    /// Returns the key of a request; none if its page can't be cached.
    pub(super) fn of(http: &Parts, context: &PageContext) -> Option<Self> {
        let path = http.uri.path_and_query()?.as_str();
        let alike = http.method == Method::GET && ALIKE.contains(&http.uri.path()) && path.len() <= PATH_BYTES_MAX;
        // A session may contain a notice or a member.
        let stranger = context.visitor.session.id().is_none() && !context.has_flash();
        let minute = context.visitor.market.clock.now().ms() / 60_000;
        (alike && stranger).then(|| Self { path: path.to_owned(), theme: context.theme.word(), minute })
    }
}

/// The page cache.
#[derive(Clone)]
pub(super) struct PageCache(Arc<UntilNextEvent<CacheKey, Arc<CachedPage>>>);

impl Default for PageCache {
    fn default() -> Self {
        Self(Arc::new(UntilNextEvent::new(PAGES_BYTES_MAX)))
    }
}

#[derive(Debug)]
struct CachedPage {
    nonce: String,
    headers: HeaderMap,
    html: String,
}

impl PageCache {
    /// Returns the number of the last event, and the cached page for it if there is one.
    pub(super) async fn find(&self, market: &Market, key: &CacheKey) -> Result<(i64, Option<Response>)> {
        let seq = event::latest(&mut market.read().await?).await?;
        Ok((seq, self.0.find(seq, key).map(|page| page.again())))
    }

    /// Caches a page whose rendering began after `seq` was read, and returns it.
    pub(super) async fn keep(&self, seq: i64, key: CacheKey, response: Response) -> Response {
        let (parts, body) = response.into_parts();
        let Ok(bytes) = to_bytes(body, PAGE_BYTES_MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let nonce = nonce(&parts.headers).filter(|_| parts.status == StatusCode::OK);
        if let Some((nonce, html)) = nonce.zip(std::str::from_utf8(&bytes).ok()) {
            let page = Arc::new(CachedPage { nonce: nonce.to_owned(), headers: parts.headers.clone(), html: html.to_owned() });
            self.0.keep(seq, key, page, bytes.len() + ENTRY_BYTES);
        }
        Response::from_parts(parts, Body::from(bytes))
    }
}

impl CachedPage {
    /// Returns the cached page with a new nonce.
    fn again(&self) -> Response {
        let nonce = Nonce::new();
        let mut response = Response::new(Body::from(self.html.replace(&self.nonce, &nonce)));
        *response.headers_mut() = self.headers.clone();
        let policy = self.headers.get(header::CONTENT_SECURITY_POLICY).and_then(|policy| policy.to_str().ok());
        let policy = policy.map(|policy| policy.replace(&self.nonce, &nonce));
        if let Some(policy) = policy.and_then(|policy| HeaderValue::try_from(policy).ok()) {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        }
        response
    }
}

/// Reads a page's nonce from its content security policy.
fn nonce(headers: &HeaderMap) -> Option<&str> {
    let policy = headers.get(header::CONTENT_SECURITY_POLICY)?.to_str().ok()?;
    let (_, after) = policy.split_once("'nonce-")?;
    after.split_once('\'').map(|(nonce, _)| nonce).filter(|nonce| nonce.len() >= 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(path: &str) -> CacheKey {
        CacheKey { path: path.into(), theme: None, minute: 0 }
    }

    async fn drawn(cache: &PageCache, seq: i64, path: &str) -> Option<String> {
        let page = cache.0.find(seq, &key(path))?;
        let bytes = to_bytes(page.again().into_body(), PAGE_BYTES_MAX).await.expect("a body");
        Some(String::from_utf8(bytes.to_vec()).expect("text"))
    }

    #[tokio::test]
    async fn a_page_is_kept_until_something_happens() {
        let cache = PageCache::default();
        let old = "abcdefghijklmnopqrstuv";
        let policy = HeaderValue::try_from(format!("script-src 'nonce-{old}'")).expect("a value");
        let mut response = Response::new(Body::from(format!("<script nonce=\"{old}\">")));
        response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
        cache.keep(7, key("/jobs"), response).await;
        let again = drawn(&cache, 7, "/jobs").await.expect("it is kept");
        assert!(again.starts_with("<script nonce=\"") && !again.contains(old), "each visit has its own nonce: {again}");
        assert_eq!(drawn(&cache, 7, "/jobs?q=a").await, None);
        assert_eq!(drawn(&cache, 8, "/jobs").await, None);
        assert_eq!(drawn(&cache, 7, "/jobs").await, None, "it is gone");
    }
}
