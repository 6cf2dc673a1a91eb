//! Entity tags in conditional requests (RFC 9110 §13.1): every answer that carries a tag compares it here.

use axum::http::header::{self, HeaderMap, HeaderName};

/// Returns true if the caller has what this tag names: `If-None-Match` lists it, by weak comparison, or is `*`.
pub fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    listed(headers, header::IF_NONE_MATCH).is_some_and(|mut known| known.any(|one| one == "*" || opaque(one) == opaque(tag)))
}

/// Returns true if the caller wants another representation than the one of this strong tag: `If-Match` is there, and neither
/// lists the tag, by strong comparison, nor is `*`.
pub(crate) fn is_other(headers: &HeaderMap, tag: &str) -> bool {
    listed(headers, header::IF_MATCH).is_some_and(|mut wanted| !wanted.any(|one| one == "*" || one == tag))
}

/// Returns a tag without the mark of a weak one.
fn opaque(tag: &str) -> &str {
    tag.strip_prefix("W/").unwrap_or(tag)
}

/// Returns the tags of all lines of a header; none if it is missing. Our tags contain no comma.
fn listed(headers: &HeaderMap, name: HeaderName) -> Option<impl Iterator<Item = &str>> {
    let lines = headers.get_all(&name);
    let tags = lines.iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(',')).map(str::trim);
    headers.contains_key(&name).then_some(tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_known_in_either_strength_on_any_line() {
        let known = |lines: &[&str], tag: &str| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(header::IF_NONE_MATCH, line.parse().expect("a header value"));
            }
            is_known(&headers, tag)
        };
        for (lines, tag, is_known) in [
            (&[][..], "\"a\"", false),
            (&["\"a\""], "\"a\"", true),
            (&["W/\"a\""], "\"a\"", true),
            (&["\"a\""], "W/\"a\"", true),
            (&["W/\"a\""], "W/\"a\"", true),
            (&["\"x\", W/\"a\""], "\"a\"", true),
            (&["\"x\"", "\"a\""], "\"a\"", true),
            (&["*"], "\"a\"", true),
            (&["\"x\"", "\"y\""], "\"a\"", false),
            (&["a"], "\"a\"", false),
        ] {
            assert_eq!(known(lines, tag), is_known, "{lines:?} {tag}");
        }
    }
}
