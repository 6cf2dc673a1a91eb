//! Static files from `target/site`. A release build embeds them; a debug build reads the folder.
//!
//! The address `pkg/HASH/…` changes with the content, so browsers cache it for ever; they revalidate all other files.

use crate::compression::accepted;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::header::{self, HeaderMap, HeaderValue};
use http::{Method, StatusCode};
use leptos::config::LeptosOptions;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read;
use std::sync::{Mutex, PoisonError};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../target/site"]
#[allow_missing = true]
struct SiteFiles;

/// The file that names the folder of this build's scripts and styles.
const ADDRESS: &str = "pkg.txt";

/// Returns true if the site has been built.
pub(crate) fn is_built() -> bool {
    SiteFiles::get(ADDRESS).is_some()
}

/// Builds the Leptos options, by which pages find their scripts and styles.
pub(crate) fn options() -> LeptosOptions {
    let address = SiteFiles::get(ADDRESS).and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    let address = address.map_or_else(|| "pkg".to_owned(), |text| text.trim().to_owned());
    LeptosOptions::builder().output_name("guildhall").site_root("").site_pkg_dir(address).build()
}

/// Answers with a file if the path names one, and otherwise calls the next handler.
pub(crate) async fn files_first(request: Request, next: Next) -> Response {
    let asked = matches!(*request.method(), Method::GET | Method::HEAD);
    match asked.then(|| find(request.uri().path(), request.headers())).flatten() {
        Some(file) => file,
        // A page of an older build asks for that build's script: an HTML page instead would be run as one.
        None if request.uri().path().starts_with("/pkg/") => StatusCode::NOT_FOUND.into_response(),
        None => next.run(request).await,
    }
}

fn find(path: &str, headers: &HeaderMap) -> Option<Response> {
    let path = path.strip_prefix('/').filter(|path| !path.is_empty() && *path != ADDRESS)?;
    if CODINGS.iter().any(|(_, suffix)| path.ends_with(suffix)) {
        return None;
    }
    let (coding, file) = choose(path, &accepted(headers))?;
    let etag = etag(&file, coding)?;
    let is_known = etag.to_str().is_ok_and(|tag| storage::etag::is_known(headers, tag));
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { whole(path, coding, file)? };
    let kept = if path.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(kept));
    response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response.headers_mut().insert(header::ETAG, etag);
    Some(response)
}

/// The codings of files that the build compressed, in the order of preference, with their suffixes.
const CODINGS: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// The form in which a file leaves the server.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Coding {
    /// As it is stored, uncompressed.
    Plain,
    /// As it is stored, compressed.
    Packed(&'static str),
    /// Unpacked for a caller that takes no coding: of a compressed file the site holds only the compressed forms.
    Unpacked,
}

/// Chooses the form for a caller that accepts some codings.
fn choose(path: &str, accepted: &[&str]) -> Option<(Coding, EmbeddedFile)> {
    let form = |suffix: &str| SiteFiles::get(&format!("{path}{suffix}"));
    let taken = CODINGS.into_iter().filter(|(coding, _)| accepted.contains(coding));
    let packed = taken.filter_map(|(coding, suffix)| Some((Coding::Packed(coding), form(suffix)?))).next();
    packed.or_else(|| Some((Coding::Plain, SiteFiles::get(path)?))).or_else(|| Some((Coding::Unpacked, form(".gz")?)))
}

fn whole(path: &str, coding: Coding, file: EmbeddedFile) -> Option<Response> {
    let bytes = match (coding, file.data) {
        (Coding::Unpacked, packed) => unpacked(path, &packed)?,
        (_, Cow::Borrowed(bytes)) => Bytes::from_static(bytes),
        (_, Cow::Owned(bytes)) => Bytes::from(bytes),
    };
    let mut response = Response::new(Body::from(bytes));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(path)));
    if let Coding::Packed(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

/// The files that were unpacked. Each is unpacked once and shared: however many callers read them slowly, they hold no more memory than
/// the site's few megabytes.
static UNPACKED: Mutex<BTreeMap<String, Bytes>> = Mutex::new(BTreeMap::new());

fn unpacked(path: &str, packed: &[u8]) -> Option<Bytes> {
    let mut files = UNPACKED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(bytes) = files.get(path) {
        return Some(bytes.clone());
    }
    let mut bytes = Vec::new();
    // The build wrote it, so it is whole.
    flate2::read::GzDecoder::new(packed).read_to_end(&mut bytes).ok()?;
    let bytes = Bytes::from(bytes);
    files.insert(path.to_owned(), bytes.clone());
    Some(bytes)
}

/// Builds a strong entity tag; strong tags must differ between codings of the same content.
fn etag(file: &EmbeddedFile, coding: Coding) -> Option<HeaderValue> {
    let hash = market::text::hex(&file.metadata.sha256_hash()[..8]);
    HeaderValue::from_str(&format!("\"{hash}{}\"", if coding == Coding::Unpacked { "-unpacked" } else { "" })).ok()
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
