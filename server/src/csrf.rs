//! Protection against cross-site request forgery: another site must not make a signed-in browser act, nor sign it in as
//! another member.
//!
//! The check runs before everything that reads the session cookie. API routes, with keys and tokens, are not checked.

use crate::error_response::error_response;
use crate::request::id_of;
use crate::session::COOKIE;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, Method, header};
use market::Error;
use std::sync::Arc;

/// The site's own origin, from the base URL.
#[derive(Clone)]
pub(crate) struct Origin(pub(crate) Arc<str>);

pub(crate) async fn guard(State(Origin(ours)): State<Origin>, request: Request, next: Next) -> Response {
    if is_forged(request.method(), request.headers(), &ours) {
        let error = Error::forbidden("cross_site", "This request came from another site. Open the page here and send it again.");
        return error_response(request.uri().path(), id_of(&request), &error);
    }
    next.run(request).await
}

/// Returns true if another site sent the request. Current browsers send `Sec-Fetch-Site`, older ones `Origin`. A request with
/// neither comes from no browser; it is refused only if it carries a session cookie.
fn is_forged(method: &Method, headers: &HeaderMap, ours: &str) -> bool {
    if method.is_safe() {
        return false;
    }
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return !matches!(site, "same-origin" | "none");
    }
    if let Some(origin) = text(header::ORIGIN) {
        let host = text(header::HOST).unwrap_or_default();
        let same_host = origin.split_once("://").is_some_and(|(_, from)| from.eq_ignore_ascii_case(host));
        return !(same_host || origin.eq_ignore_ascii_case(ours));
    }
    headers.get_all(header::COOKIE).iter().any(|line| line.to_str().is_ok_and(|line| line.contains(COOKIE)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forged(method: Method, pairs: &[(&'static str, &str)]) -> bool {
        let headers = pairs.iter().map(|(name, value)| (header::HeaderName::from_static(name), value.parse().unwrap())).collect();
        is_forged(&method, &headers, "https://guild.example")
    }

    #[test]
    fn other_sites_are_refused() {
        let cookie = ("cookie", "guildhall_session=abc");
        for (pairs, refused) in [
            (vec![("sec-fetch-site", "same-origin"), cookie], false),
            (vec![("sec-fetch-site", "none"), cookie], false),
            (vec![("sec-fetch-site", "cross-site"), cookie], true),
            (vec![("sec-fetch-site", "same-site"), cookie], true),
            (vec![("sec-fetch-site", "cross-site")], true),
            (vec![("sec-fetch-site", "cross-site"), ("origin", "https://guild.example")], true),
            (vec![("origin", "https://guild.example"), cookie], false),
            (vec![("origin", "http://127.0.0.1:3000"), ("host", "127.0.0.1:3000"), cookie], false),
            (vec![("origin", "https://evil.example"), ("host", "guild.example"), cookie], true),
            (vec![("origin", "https://guild.example.evil.example"), ("host", "guild.example")], true),
            (vec![("origin", "null"), ("host", "guild.example")], true),
            (vec![cookie], true),
            (vec![], false),
        ] {
            assert_eq!(forged(Method::POST, &pairs), refused, "{pairs:?}");
            assert!(!forged(Method::GET, &pairs), "{pairs:?}");
        }
    }
}
