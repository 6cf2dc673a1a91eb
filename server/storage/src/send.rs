//! Sending a file: as an attachment that no browser runs, whole or one range of it, or not at all if the caller has it.

mod range;

use crate::FileStore;
use axum::body::Body;
use axum::http::header::{self, HeaderName};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use market::Result;
use market::file::File;
use market::id::FileId;
use range::{Plan, plan};
use std::fmt::Write;

/// The content security policy of files: nothing in them may run, load or be framed if they are opened as a page.
const POLICY: &str = "sandbox; default-src 'none'";

/// A stored file as it is sent.
#[derive(Clone, Debug)]
pub struct Attachment<'a> {
    /// The store's name of it.
    pub id: FileId,
    /// The name under which it is saved.
    pub name: &'a str,
    /// The media type.
    pub content_type: &'a str,
    /// The size in bytes.
    pub size: u64,
    /// The word that other bytes would not have.
    pub version: &'a str,
}

impl<'a> From<&'a File> for Attachment<'a> {
    fn from(file: &'a File) -> Self {
        let File { id, name, content_type, size, sha256, .. } = file;
        Self { id: id.clone(), name, content_type, size: size.unsigned_abs(), version: sha256 }
    }
}

/// Answers a `GET` or `HEAD` for a file according to the caller's headers.
pub async fn send(store: &FileStore, file: impl Into<Attachment<'_>> + Send, method: &Method, headers: &HeaderMap) -> Result<Response> {
    let file = &file.into();
    let size = file.size;
    let etag = format!("\"{}\"", file.version);
    let mut response = match plan(method, headers, &etag, size) {
        Plan::Unchanged => StatusCode::NOT_MODIFIED.into_response(),
        Plan::Other => StatusCode::PRECONDITION_FAILED.into_response(),
        Plan::Beyond => (StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, format!("bytes */{size}"))]).into_response(),
        Plan::Head => described(file, size, Body::empty()),
        Plan::Whole => described(file, size, Body::from_stream(store.get(&file.id, 0..size).await?)),
        Plan::Part(first, last) => {
            let body = Body::from_stream(store.get(&file.id, first..last + 1).await?);
            let mut response = described(file, last - first + 1, body);
            *response.status_mut() = StatusCode::PARTIAL_CONTENT;
            set(&mut response, header::CONTENT_RANGE, &format!("bytes {first}-{last}/{size}"));
            response
        }
    };
    for (name, value) in [
        (header::ETAG, etag.as_str()),
        (header::ACCEPT_RANGES, "bytes"),
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        set(&mut response, name, value);
    }
    Ok(response)
}

fn described(file: &Attachment<'_>, length: u64, body: Body) -> Response {
    let mut response = Response::new(body);
    let is_text = file.content_type.starts_with("text/");
    set(&mut response, header::CONTENT_TYPE, &format!("{}{}", file.content_type, if is_text { "; charset=utf-8" } else { "" }));
    set(&mut response, header::CONTENT_DISPOSITION, &disposition(file.name));
    response.headers_mut().insert(header::CONTENT_LENGTH, length.into());
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

/// Builds the `Content-Disposition` of RFC 6266: the name in ASCII for old programs, and in UTF-8 (RFC 8187) for others.
fn disposition(name: &str) -> String {
    let plain: String = name.chars().map(|c| if matches!(c, ' '..='~') && !matches!(c, '"' | '\\' | '%') { c } else { '_' }).collect();
    let mut told = format!("attachment; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        // Writing to a String can't fail.
        let _ = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => told.write_char(byte.into()),
            byte if b"!#$&+-.^_`|~".contains(&byte) => told.write_char(byte.into()),
            byte => write!(told, "%{byte:02X}"),
        };
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_are_told_twice() {
        for (name, told) in [
            ("a.pdf", "attachment; filename=\"a.pdf\"; filename*=UTF-8''a.pdf"),
            ("a b%.txt", "attachment; filename=\"a b_.txt\"; filename*=UTF-8''a%20b%25.txt"),
            ("żó.md", "attachment; filename=\"__.md\"; filename*=UTF-8''%C5%BC%C3%B3.md"),
            ("a\"; x=\"b", "attachment; filename=\"a_; x=_b\"; filename*=UTF-8''a%22%3B%20x%3D%22b"),
        ] {
            assert_eq!(disposition(name), told);
        }
    }

    proptest! {
        #[test]
        fn whatever_the_name_it_is_one_header(name in ".{0,60}") {
            let told = disposition(&name);
            prop_assert!(HeaderValue::from_str(&told).is_ok());
            prop_assert_eq!(told.matches('"').count(), 2);
        }
    }
}
