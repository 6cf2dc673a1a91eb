//! The door of the sandbox: it answers only under this machine's own names.

use crate::error_response::error_response;
use crate::request::id_of;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, header};
use market::Error;

/// Refuses foreign host names: one that resolves to this machine is an attempt to read the sandbox through a browser (DNS
/// rebinding).
pub(crate) async fn local_names_only(request: Request, next: Next) -> Response {
    if is_local(request.headers()) {
        return next.run(request).await;
    }
    let message = "The sandbox answers under the names of this machine only, like localhost and 127.0.0.1.";
    error_response(request.uri().path(), id_of(&request), &Error::forbidden("foreign_host", message))
}

fn is_local(headers: &HeaderMap) -> bool {
    let Some(host) = headers.get(header::HOST) else { return true };
    let Ok(host) = host.to_str() else { return false };
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let named = name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost");
    named || name.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_this_machine() {
        let local = |host: &str| is_local(&HeaderMap::from_iter([(header::HOST, host.parse().unwrap())]));
        for host in ["localhost", "LOCALHOST:3000", "a.localhost:1", "127.0.0.1:3000", "127.1.2.3", "[::1]:3000"] {
            assert!(local(host), "{host}");
        }
        for host in ["evil.example", "127.0.0.1.evil.example:3000", "localhost.evil.example", "10.0.0.1", "[::2]:3000", ""] {
            assert!(!local(host), "{host}");
        }
    }
}
