//! Content codings: which ones a caller takes, and packing of what is made per request.
//!
//! What the build made is packed ahead of time, better and for nothing; `site` serves that.

use axum::body::{Body, BodyDataStream, Bytes, HttpBody};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use flate2::write::GzEncoder;
use futures::{Stream, StreamExt};
use http::header::{self, HeaderMap, HeaderValue};
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};

/// Less does not pay for the headers and the work.
const SMALLEST: u64 = 1024;
/// This much is packed before any of it is handed on.
const CHUNK: usize = 32 * 1024;
/// Fast ones: a page is packed once and read once.
const GZIP_LEVEL: u32 = 1;
const BROTLI_LEVEL: u32 = 3;
/// 256 KiB of memory hold any of our pages.
const BROTLI_WINDOW: u32 = 18;

/// The codings a caller takes; one with `q=0` is refused by name.
pub(crate) fn accepted(headers: &HeaderMap) -> Vec<&str> {
    let lines = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    let codings = lines.flat_map(|line| line.split(',')).map(|coding| coding.split_once(';').unwrap_or((coding, "")));
    let taken = codings.filter(|(_, weight)| !matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
    taken.map(|(coding, _)| coding.trim()).collect()
}

/// Packs a page or a JSON answer that is worth it.
pub(crate) async fn pack(request: Request, next: Next) -> Response {
    let accepted = accepted(request.headers());
    let make = ["br", "gzip"].into_iter().find(|coding| accepted.contains(coding));
    let mut response = next.run(request).await;
    let Some(coding) = make.filter(|_| is_worth_it(&response)) else { return response };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.remove(header::CONTENT_LENGTH);
    response.map(|body| Body::from_stream(Packed::new(body, Packer::of(coding))))
}

fn is_worth_it(response: &Response) -> bool {
    let headers = response.headers();
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = text(header::CONTENT_TYPE);
    // A strong tag names these very bytes.
    let named = headers.contains_key(header::CONTENT_ENCODING) || text(header::ETAG).starts_with('"');
    let readable = ["text/html", "text/plain", "application/json", "application/problem+json"].iter().any(|one| kind.starts_with(one));
    readable && !named && response.body().size_hint().upper().is_none_or(|bytes| bytes >= SMALLEST)
}

enum Packer {
    Brotli(Box<brotli::CompressorWriter<Vec<u8>>>),
    Gzip(GzEncoder<Vec<u8>>),
}

impl Packer {
    fn of(coding: &str) -> Self {
        match coding {
            "br" => Packer::Brotli(Box::new(brotli::CompressorWriter::new(Vec::new(), 4096, BROTLI_LEVEL, BROTLI_WINDOW))),
            _ => Packer::Gzip(GzEncoder::new(Vec::new(), flate2::Compression::new(GZIP_LEVEL))),
        }
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        match self {
            Packer::Brotli(packer) => packer.write_all(bytes),
            Packer::Gzip(packer) => packer.write_all(bytes),
        }
    }

    /// Everything written so far, so that it can be read without what comes after.
    fn flush(&mut self) -> io::Result<Bytes> {
        let out = match self {
            Packer::Brotli(packer) => packer.flush().map(|()| packer.get_mut())?,
            Packer::Gzip(packer) => packer.flush().map(|()| packer.get_mut())?,
        };
        Ok(std::mem::take(out).into())
    }

    fn finish(self) -> io::Result<Bytes> {
        Ok(match self {
            Packer::Brotli(packer) => packer.into_inner(),
            Packer::Gzip(packer) => packer.finish()?,
        }
        .into())
    }
}

/// A body on its way through a packer. It waits for nothing: where the page pauses, what there is goes out.
struct Packed {
    body: BodyDataStream,
    packer: Option<Packer>,
    held: usize,
}

impl Packed {
    fn new(body: Body, packer: Packer) -> Self {
        Self { body: body.into_data_stream(), packer: Some(packer), held: 0 }
    }
}

impl Stream for Packed {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        loop {
            let Some(packer) = this.packer.as_mut() else { return Poll::Ready(None) };
            let step = match this.body.poll_next_unpin(context) {
                Poll::Ready(Some(Ok(bytes))) => packer.write(&bytes).map(|()| this.held += bytes.len()),
                Poll::Ready(Some(Err(error))) => Err(io::Error::other(error)),
                Poll::Ready(None) => return Poll::Ready(this.packer.take().map(Packer::finish)),
                Poll::Pending if this.held == 0 => return Poll::Pending,
                Poll::Pending => {
                    this.held = 0;
                    return Poll::Ready(Some(packer.flush()));
                }
            };
            if let Err(error) = step {
                this.packer = None;
                return Poll::Ready(Some(Err(error)));
            }
            if this.held >= CHUNK {
                this.held = 0;
                return Poll::Ready(Some(packer.flush()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    async fn packed(coding: &str, chunks: Vec<&'static str>) -> Vec<u8> {
        let body = Body::from_stream(futures::stream::iter(chunks.into_iter().map(Ok::<_, io::Error>)));
        let parts: Vec<_> = Packed::new(body, Packer::of(coding)).collect().await;
        parts.into_iter().flat_map(|part| part.unwrap().to_vec()).collect()
    }

    #[tokio::test]
    async fn what_goes_in_comes_out() {
        let text = "<p>proven before it is paid</p>".repeat(3000);
        let text: &'static str = text.leak();
        let chunks = vec![&text[..10], "", &text[10..70_000], &text[70_000..]];
        let (mut brotli, mut gzip) = (String::new(), String::new());
        brotli::Decompressor::new(packed("br", chunks.clone()).await.as_slice(), 4096).read_to_string(&mut brotli).unwrap();
        flate2::read::GzDecoder::new(packed("gzip", chunks).await.as_slice()).read_to_string(&mut gzip).unwrap();
        assert!(brotli == text && gzip == text);
    }

    #[tokio::test]
    async fn a_page_that_pauses_is_not_held_back() {
        let chunks = futures::stream::iter([Ok::<_, io::Error>("first")]).chain(futures::stream::pending());
        let mut packed = Packed::new(Body::from_stream(chunks), Packer::of("gzip"));
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
