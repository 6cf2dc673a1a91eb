//! Conditional reads: an answer to `GET` or `HEAD` carries the tag of its bytes, and is left out (304) if the caller names it.

use axum::body::{Body, Bytes};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

/// The rendered bytes of an answer, in its extensions.
#[derive(Clone)]
pub(crate) struct Rendered {
    pub(crate) bytes: Bytes,
    /// The tag of bytes that were hashed before.
    pub(crate) tag: Option<HeaderValue>,
}

/// Returns the tag of an answer's bytes. It is weak, because they may be compressed on the way.
pub(crate) fn tag(bytes: &[u8]) -> Option<HeaderValue> {
    HeaderValue::from_str(&format!("W/\"{}\"", market::text::hex(&Sha256::digest(bytes)[..16]))).ok()
}

/// The condition of a request.
pub(crate) struct Condition {
    /// The tags that a reader has; none for an act, whose answer has no tag.
    known: Option<HeaderMap>,
}

impl Condition {
    /// Reads the condition from the head of a request.
    pub(crate) fn of(parts: &Parts) -> Self {
        let mut known = HeaderMap::new();
        for line in parts.headers.get_all(header::IF_NONE_MATCH) {
            known.append(header::IF_NONE_MATCH, line.clone());
        }
        Self { known: parts.method.is_safe().then_some(known) }
    }

    /// Adds the tag to a good answer, or answers 304 in its place.
    pub(crate) fn answer(self, mut response: Response) -> Response {
        let rendered = response.extensions_mut().remove::<Rendered>().filter(|_| response.status() == StatusCode::OK);
        let Some((known, Rendered { bytes, tag: hashed })) = self.known.zip(rendered) else { return response };
        let Some(tag) = hashed.or_else(|| tag(&bytes)) else { return response };
        if tag.to_str().is_ok_and(|tag| storage::etag::is_known(&known, tag)) {
            response = (StatusCode::NOT_MODIFIED, Body::empty()).into_response();
        }
        response.headers_mut().insert(header::ETAG, tag);
        response
    }
}
