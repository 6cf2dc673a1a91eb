//! Content codings: negotiation, and compression of responses that are made per request.
//!
//! Static files are compressed by the build; `site` serves those. Responses use gzip alone: at this speed brotli compresses no
//! better (a page of 25 kB: gzip 95 µs to 6.3 kB, brotli 156 µs to 6.3 kB).

use axum::body::{Body, BodyDataStream, Bytes, HttpBody, to_bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use futures::{Stream, StreamExt};
use http::header::{self, HeaderMap, HeaderValue};
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

/// The smallest body that is worth compressing.
const SMALLEST: u64 = 1024;
/// The number of bytes that are compressed before any are sent.
const CHUNK: usize = 32 * 1024;
/// A fast level: a page is compressed once and read once.
const LEVEL: Compression = Compression::new(3);

/// Returns the codings that a caller accepts; one with `q=0` is refused.
pub(crate) fn accepted(headers: &HeaderMap) -> Vec<&str> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let codings = lines.flat_map(|line| line.split(',')).map(|coding| coding.split_once(';').unwrap_or((coding, "")));
    let taken = codings.filter(|(_, weight)| !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
    taken.map(|(coding, _)| coding.trim()).collect()
}

/// Compresses a page or a JSON response that is large enough.
pub(crate) async fn pack(request: Request, next: Next) -> Response {
    let is_document = DOCUMENTS.contains(&request.uri().path());
    let taken = accepted(request.headers()).contains(&"gzip");
    let mut response = next.run(request).await;
    if !is_worth_it(&response) {
        return response;
    }
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    if !taken {
        return response;
    }
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    headers.remove(header::CONTENT_LENGTH);
    let tag = headers.get(header::ETAG).cloned();
    match tag.filter(|_| is_document) {
        Some(tag) => packed_once(response, tag).await,
        None => response.map(|body| Body::from_stream(Packed::new(body))),
    }
}

/// The addresses of the OpenAPI document, which is large and the same for everybody.
const DOCUMENTS: [&str; 2] = ["/openapi.json", "/.well-known/openapi.json"];
/// The level of what is compressed once.
const ONCE: Compression = Compression::new(9);

/// Compresses an answer that rarely changes, and keeps it by its tag for the next callers.
async fn packed_once(response: Response, tag: HeaderValue) -> Response {
    static KEPT: Mutex<Option<(HeaderValue, Bytes)>> = Mutex::new(None);
    let kept = || KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    let known = kept().clone().filter(|(of, _)| *of == tag);
    if let Some((_, packed)) = known {
        return response.map(|_| Body::from(packed));
    }
    let (parts, body) = response.into_parts();
    let mut packer = GzEncoder::new(Vec::new(), ONCE);
    let plain = to_bytes(body, usize::MAX).await.map_err(io::Error::other);
    match plain.and_then(|plain| packer.write_all(&plain)).and_then(|()| packer.finish()) {
        Ok(packed) => {
            let packed = Bytes::from(packed);
            *kept() = Some((tag, packed.clone()));
            Response::from_parts(parts, Body::from(packed))
        }
        Err(error) => {
            tracing::error!(%error, "a document could not be compressed");
            http::StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn is_worth_it(response: &Response) -> bool {
    let headers = response.headers();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE);
    // A strong entity tag identifies the uncompressed bytes.
    let named = headers.contains_key(header::CONTENT_ENCODING) || text(header::ETAG).starts_with('"');
    let readable = ["text/html", "text/plain", "application/json", "application/problem+json"].iter().any(|one| kind.starts_with(one));
    readable && !named && response.body().size_hint().upper().is_none_or(|bytes| bytes >= SMALLEST)
}

/// A body that is compressed while it streams. When the inner body pauses, everything compressed so far is sent.
struct Packed {
    body: BodyDataStream,
    packer: Option<GzEncoder<Vec<u8>>>,
    held: usize,
}

impl Packed {
    fn new(body: Body) -> Self {
        Self { body: body.into_data_stream(), packer: Some(GzEncoder::new(Vec::new(), LEVEL)), held: 0 }
    }
}

/// Flushes the compressor, so that everything so far can be decompressed without the rest.
fn flushed(packer: &mut GzEncoder<Vec<u8>>) -> io::Result<Bytes> {
    packer.flush()?;
    Ok(std::mem::take(packer.get_mut()).into())
}

impl Stream for Packed {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            let Some(packer) = this.packer.as_mut() else { return Poll::Ready(None) };
            let step = match this.body.poll_next_unpin(context) {
                Poll::Ready(Some(Ok(bytes))) => packer.write_all(&bytes).map(|()| this.held += bytes.len()),
                Poll::Ready(Some(Err(error))) => Err(io::Error::other(error)),
                Poll::Ready(None) => return Poll::Ready(this.packer.take().map(|packer| packer.finish().map(Bytes::from))),
                Poll::Pending if this.held == 0 => return Poll::Pending,
                Poll::Pending => {
                    this.held = 0;
                    return Poll::Ready(Some(flushed(packer)));
                }
            };
            if let Err(error) = step {
                this.packer = None;
                return Poll::Ready(Some(Err(error)));
            }
            if this.held >= CHUNK {
                this.held = 0;
                return Poll::Ready(Some(flushed(packer)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[tokio::test]
    async fn what_goes_in_comes_out() {
        let text: &'static str = "<p>proven before it is paid</p>".repeat(3000).leak();
        let chunks = [&text[..10], "", &text[10..70_000], &text[70_000..]].map(Ok::<_, io::Error>);
        let parts: Vec<_> = Packed::new(Body::from_stream(futures::stream::iter(chunks))).collect().await;
        let packed: Vec<_> = parts.into_iter().flat_map(|part| part.unwrap().to_vec()).collect();
        let mut back = String::new();
        flate2::read::GzDecoder::new(packed.as_slice()).read_to_string(&mut back).unwrap();
        assert!(back == text && packed.len() < text.len() / 10);
    }

    #[tokio::test]
    async fn a_document_is_compressed_once_for_each_tag() {
        let text: &'static str = "{\"openapi\": \"3.1.0\"}".repeat(3000).leak();
        let packed = async |text: &'static str, tag: &'static str| {
            let response = packed_once(Response::new(Body::from(text)), HeaderValue::from_static(tag)).await;
            let packed = to_bytes(response.into_body(), usize::MAX).await.unwrap();
            let mut back = String::new();
            flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut back).unwrap();
            back
        };
        assert_eq!(packed(text, "W/\"1\"").await, text);
        assert_eq!(packed("never looked at", "W/\"1\"").await, text);
        assert_eq!(packed("another one", "W/\"2\"").await, "another one");
    }

    #[tokio::test]
    async fn a_page_that_pauses_is_not_held_back() {
        let chunks = futures::stream::iter([Ok::<_, io::Error>("first")]).chain(futures::stream::pending());
        let mut packed = Packed::new(Body::from_stream(chunks));
        let first = packed.next().await.unwrap().unwrap();
        let mut text = [0; 5];
        flate2::read::GzDecoder::new(&first[..]).read_exact(&mut text).unwrap();
        assert_eq!(&text, b"first");
    }

    #[test]
    fn codings_are_taken_and_refused_by_name() {
        let headers = |line: &str| HeaderMap::from_iter([(header::ACCEPT_ENCODING, line.parse().unwrap())]);
        assert_eq!(accepted(&headers("gzip, deflate;q=0.5, br")), ["gzip", "deflate", "br"]);
        assert_eq!(accepted(&headers("br;q=0, gzip")), ["gzip"]);
        assert!(accepted(&HeaderMap::new()).is_empty());
    }
}
