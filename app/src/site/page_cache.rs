//! The page cache: pages that look the same for every anonymous visitor, cached until the next event.
//!
//! Cached pages are never stale: the key contains the number of the last event, which is read for every visit.

use super::request::PageContext;
use axum::body::{Body, to_bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::nonce::Nonce;
use market::{Market, Result, event};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The cacheable pages: they show nothing about the visitor, and times no finer than a minute.
const ALIKE: [&str; 2] = ["/", "/jobs"];
const PAGES_MAX: usize = 256;
const ADDRESS_BYTES_MAX: usize = 256;
const PAGE_BYTES_MAX: usize = 1 << 20;

/// The cache key of a page: its address, the theme, and the current minute, since pages say how long ago a job was posted.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct CacheKey {
    address: String,
    theme: Option<&'static str>,
    minute: i64,
}

impl CacheKey {
    /// Returns the key of a request; none if its page can't be cached.
    pub(super) fn of(http: &Parts, context: &PageContext) -> Option<Self> {
        let address = http.uri.path_and_query()?.as_str();
        let alike = http.method == Method::GET && ALIKE.contains(&http.uri.path()) && address.len() <= ADDRESS_BYTES_MAX;
        // A session may contain a notice or a member.
        let stranger = context.visitor.session.id().is_none() && !context.has_flash();
        let minute = context.visitor.market.clock.now().ms() / 60_000;
        (alike && stranger).then(|| Self { address: address.to_owned(), theme: context.theme.word(), minute })
    }
}

/// The page cache.
#[derive(Clone, Default)]
pub(super) struct PageCache(Arc<Mutex<CachedPages>>);

#[derive(Default)]
struct CachedPages {
    seq: i64,
    drawn: HashMap<CacheKey, Arc<CachedPage>>,
}

struct CachedPage {
    nonce: String,
    headers: HeaderMap,
    html: String,
}

impl PageCache {
    /// Returns the number of the last event, and the cached page for it if there is one.
    pub(super) async fn find(&self, market: &Market, key: &CacheKey) -> Result<(i64, Option<Response>)> {
        let seq = event::latest(&mut market.read().await?).await?;
        let page = self.at(seq, |pages| pages.drawn.get(key).cloned());
        Ok((seq, page.map(|page| page.again())))
    }

    /// Caches a page whose rendering began after `seq` was read, and returns it.
    pub(super) async fn keep(&self, seq: i64, key: CacheKey, response: Response) -> Response {
        let (parts, body) = response.into_parts();
        let Ok(bytes) = to_bytes(body, PAGE_BYTES_MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
        let nonce = nonce(&parts.headers).filter(|_| parts.status == StatusCode::OK);
        if let Some((nonce, html)) = nonce.zip(std::str::from_utf8(&bytes).ok()) {
            let page = Arc::new(CachedPage { nonce: nonce.to_owned(), headers: parts.headers.clone(), html: html.to_owned() });
            self.at(seq, |pages| {
                // Pages of earlier minutes are asked for no more.
                if pages.drawn.len() >= PAGES_MAX {
                    pages.drawn.retain(|kept, _| kept.minute == key.minute);
                }
                if pages.drawn.len() < PAGES_MAX {
                    pages.drawn.insert(key, page);
                }
            });
        }
        Response::from_parts(parts, Body::from(bytes))
    }

    /// Clears the cache if `seq` is another number than that of the cached pages, then calls `then`.
    fn at<T>(&self, seq: i64, then: impl FnOnce(&mut CachedPages) -> T) -> T {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.seq != seq {
            *pages = CachedPages { seq, drawn: HashMap::new() };
        }
        then(&mut pages)
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

    fn key(address: &str) -> CacheKey {
        CacheKey { address: address.into(), theme: None, minute: 0 }
    }

    async fn drawn(cache: &PageCache, seq: i64, address: &str) -> Option<String> {
        let page = cache.at(seq, |pages| pages.drawn.get(&key(address)).cloned())?;
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
