//! Request headers that may come once: a second line is refused by name, because one of the two would be ignored.

use axum::http::{HeaderMap, HeaderName, HeaderValue};
use market::{Error, Result};

/// Returns a header that may come once.
pub(crate) fn once<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h HeaderValue>> {
    let mut lines = headers.get_all(name).iter();
    let first = lines.next();
    match lines.next() {
        None => Ok(first),
        Some(_) => Err(repeated(name.as_str())),
    }
}

/// The header came more than once.
pub(crate) fn repeated(name: &str) -> Error {
    Error::invalid("repeated_header", format!("The header {name} came more than once. Send it once."))
}
