//! The head of a request, checked before anything acts on it: `Host`, transfer codings and content codings. Also the answer to
//! `OPTIONS`.
//!
//! hyper parses HTTP/1.1 (RFC 9112) and leaves these rules to its users.

use crate::error_response::{error_response, is_api};
use crate::request::id_of;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::uri::Authority;
use http::{HeaderMap, HeaderValue, StatusCode, Version, header};
use market::Error;

/// Refuses a head that HTTP/1.1 forbids.
pub(crate) async fn check(request: Request, next: Next) -> Response {
    let fault = if request.version() == Version::HTTP_11 { host_fault(request.headers()) } else { None };
    if let Some(error) = fault {
        return error_response(request.uri().path(), id_of(&request), &error);
    }
    if let Some((status, error)) = coding_fault(&request) {
        let mut response = error_response(request.uri().path(), id_of(&request), &error);
        *response.status_mut() = status;
        return response;
    }
    next.run(request).await
}

/// Returns what is wrong with the `Host` of a request in HTTP/1.1 (RFC 9112 §3.2).
fn host_fault(headers: &HeaderMap) -> Option<Error> {
    let mut hosts = headers.get_all(header::HOST).iter();
    let message = match (hosts.next(), hosts.next()) {
        (None, _) => "The request has no Host header, which HTTP/1.1 needs. Send Host: and the name of this server.",
        (_, Some(_)) => "The header host came more than once. Send it once.",
        (Some(host), None) if is_host(host) => return None,
        _ => "The header host is no host name with or without a port. Send Host: and the name of this server.",
    };
    Some(Error::invalid("invalid_host", message))
}

fn is_host(value: &HeaderValue) -> bool {
    let authority = value.to_str().ok().and_then(|text| text.parse::<Authority>().ok());
    authority.is_some_and(|authority| !authority.as_str().contains('@') && !authority.host().is_empty())
}

/// Returns what is wrong with the codings of the body. Transfer codings other than `chunked` are not undone (RFC 9112 §6.1), nor are
/// content codings; the API refuses those itself, in its dialects' words.
fn coding_fault(request: &Request) -> Option<(StatusCode, Error)> {
    let is_other = |name, known: &str| {
        let mut values = request.headers().get_all(name).iter();
        values.any(|value: &HeaderValue| !value.as_bytes().eq_ignore_ascii_case(known.as_bytes()))
    };
    if is_other(header::TRANSFER_ENCODING, "chunked") {
        let message = "Transfer-Encoding can only be chunked. Send the body without another coding.";
        return Some((StatusCode::NOT_IMPLEMENTED, Error::invalid("unsupported_transfer_encoding", message)));
    }
    if !is_api(request.uri().path()) && is_other(header::CONTENT_ENCODING, "identity") {
        let message = "Content-Encoding is not taken. Send the body as it is, without gzip or another coding.";
        return Some((StatusCode::UNSUPPORTED_MEDIA_TYPE, Error::invalid("unsupported_content_encoding", message)));
    }
    None
}

/// Turns the 405 of a path without an `OPTIONS` of its own into the list of its methods. Call it around the router, which adds `Allow`
/// after all middleware.
pub(crate) fn methods(mut response: Response) -> Response {
    let allowed = response.headers().get(header::ALLOW).and_then(|allow| allow.to_str().ok());
    let allowed = allowed.filter(|_| response.status() == StatusCode::METHOD_NOT_ALLOWED).map(|allowed| format!("{allowed}, OPTIONS"));
    let Some(allowed) = allowed.and_then(|allowed| HeaderValue::from_str(&allowed).ok()) else { return response };
    let headers = response.headers_mut();
    headers.insert(header::ALLOW, allowed);
    headers.remove(header::CONTENT_TYPE);
    headers.remove(header::CONTENT_LENGTH);
    *response.status_mut() = StatusCode::NO_CONTENT;
    response.map(|_| Body::empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_stands_there_once() {
        let fault = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::HOST, line.parse().unwrap());
            }
            host_fault(&headers).is_some()
        };
        for good in ["guild.example", "guild.example:3000", "127.0.0.1", "[::1]:3000", "LOCALHOST"] {
            assert!(!fault(&[good]), "{good}");
        }
        for wrong in [&[][..], &["a.example", "a.example"], &["a.example", "b.example"], &["a b"], &["a/b"], &["me@a.example"], &[""]] {
            assert!(fault(wrong), "{wrong:?}");
        }
    }
}
