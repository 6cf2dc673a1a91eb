//! Range requests by RFC 9110 §13 and §14: one range at a time; a request for several gets the whole file.

use crate::etag;
use axum::http::Method;
use axum::http::header::{self, HeaderMap, HeaderName};

/// The answer to a request for a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Plan {
    /// 304: the caller has these bytes.
    Unchanged,
    /// 412: the caller wants other bytes.
    Other,
    /// 416: the range begins beyond the end.
    Beyond,
    /// The headers of the whole file.
    Head,
    /// The whole file.
    Whole,
    /// The bytes from the first to the last, both included.
    Part(u64, u64),
}

/// Decides the answer: preconditions first, then the range. `etag` is strong, with its quotes.
pub(super) fn plan(method: &Method, headers: &HeaderMap, etag: &str, size: u64) -> Plan {
    if etag::is_other(headers, etag) {
        return Plan::Other;
    }
    if etag::is_known(headers, etag) {
        return Plan::Unchanged;
    }
    if method == Method::HEAD {
        return Plan::Head;
    }
    // A weak tag never equals a strong one, and no `Last-Modified` is ever sent, so a date never matches.
    let is_meant = single(headers, header::IF_RANGE).is_none_or(|tag| tag == etag);
    match single(headers, header::RANGE).filter(|_| is_meant).and_then(|text| range(text, size)) {
        None => Plan::Whole,
        Some(Err(Beyond)) => Plan::Beyond,
        Some(Ok((first, last))) => Plan::Part(first, last),
    }
}

struct Beyond;

/// Parses one byte range; none if it is malformed, or names several.
fn range(text: &str, size: u64) -> Option<Result<(u64, u64), Beyond>> {
    let (unit, set) = text.split_once('=')?;
    if !unit.eq_ignore_ascii_case("bytes") {
        return None;
    }
    let (first, last) = set.trim().split_once('-')?;
    match (first.is_empty(), last.is_empty()) {
        (true, true) => None,
        (true, false) => {
            let length = number(last)?;
            Some(if length == 0 || size == 0 { Err(Beyond) } else { Ok((size.saturating_sub(length), size - 1)) })
        }
        (false, is_open) => {
            let first = number(first)?;
            let last = if is_open { u64::MAX } else { number(last)? };
            if last < first {
                return None;
            }
            Some(if first >= size { Err(Beyond) } else { Ok((first, last.min(size - 1))) })
        }
    }
}

/// Parses digits alone; a number too large for `u64` lies beyond every end.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

/// Returns a header that occurs exactly once.
fn single(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    let mut all = headers.get_all(name).iter();
    all.next().filter(|_| all.next().is_none()).and_then(|value| value.to_str().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ETAG: &str = "\"abc\"";

    fn planned(method: Method, pairs: &[(HeaderName, &str)]) -> Plan {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(name, value.parse().expect("a header value"));
        }
        plan(&method, &headers, ETAG, 100)
    }

    #[test]
    fn ranges_are_exact() {
        use Plan::{Beyond, Part, Whole};
        for (asked, got) in [
            ("bytes=0-0", Part(0, 0)),
            ("bytes=0-99", Part(0, 99)),
            ("bytes=0-100", Part(0, 99)),
            ("bytes=50-", Part(50, 99)),
            ("bytes=99-", Part(99, 99)),
            ("bytes=-1", Part(99, 99)),
            ("bytes=-100", Part(0, 99)),
            ("bytes=-101", Part(0, 99)),
            ("BYTES=1-2", Part(1, 2)),
            ("bytes= 1-2 ", Part(1, 2)),
            ("bytes=0-99999999999999999999999", Part(0, 99)),
            ("bytes=100-", Beyond),
            ("bytes=100-200", Beyond),
            ("bytes=99999999999999999999999-", Beyond),
            ("bytes=-0", Beyond),
            ("bytes=2-1", Whole),
            ("bytes=-", Whole),
            ("bytes=", Whole),
            ("bytes", Whole),
            ("bytes=a-b", Whole),
            ("bytes=+1-2", Whole),
            ("bytes=1-2,4-5", Whole),
            ("bytes=1 -2", Whole),
            ("items=1-2", Whole),
        ] {
            assert_eq!(planned(Method::GET, &[(header::RANGE, asked)]), got, "{asked}");
        }
        assert_eq!(planned(Method::GET, &[(header::RANGE, "bytes=0-1"), (header::RANGE, "bytes=2-3")]), Whole);
    }

    #[test]
    fn preconditions_go_before_ranges() {
        let range = (header::RANGE, "bytes=0-1");
        for (pairs, got) in [
            (vec![], Plan::Whole),
            (vec![(header::IF_NONE_MATCH, ETAG), range.clone()], Plan::Unchanged),
            (vec![(header::IF_NONE_MATCH, "W/\"abc\"")], Plan::Unchanged),
            (vec![(header::IF_NONE_MATCH, "\"x\", \"abc\"")], Plan::Unchanged),
            (vec![(header::IF_NONE_MATCH, "*")], Plan::Unchanged),
            (vec![(header::IF_NONE_MATCH, "\"x\""), range.clone()], Plan::Part(0, 1)),
            (vec![(header::IF_NONE_MATCH, "abc")], Plan::Whole),
            (vec![(header::IF_MATCH, ETAG), range.clone()], Plan::Part(0, 1)),
            (vec![(header::IF_MATCH, "*")], Plan::Whole),
            (vec![(header::IF_MATCH, "\"x\"")], Plan::Other),
            (vec![(header::IF_MATCH, "W/\"abc\"")], Plan::Other),
            (vec![(header::IF_RANGE, ETAG), range.clone()], Plan::Part(0, 1)),
            (vec![(header::IF_RANGE, "\"x\""), range.clone()], Plan::Whole),
            (vec![(header::IF_RANGE, "W/\"abc\""), range.clone()], Plan::Whole),
            (vec![(header::IF_RANGE, "Sat, 31 Jan 2026 12:00:00 GMT"), range.clone()], Plan::Whole),
            (vec![(header::IF_RANGE, "\"x\""), (header::RANGE, "bytes=500-")], Plan::Whole),
        ] {
            assert_eq!(planned(Method::GET, &pairs), got, "{pairs:?}");
        }
        assert_eq!(planned(Method::HEAD, &[range]), Plan::Head, "ranges are for GET");
        assert_eq!(planned(Method::HEAD, &[(header::IF_NONE_MATCH, ETAG)]), Plan::Unchanged);
    }

    proptest! {
        #[test]
        fn a_part_lies_within_the_file(text in "(bytes=)?[0-9-]{0,8}[-,]?[0-9]{0,22}", size in 0..200_u64) {
            if let Some(Ok((first, last))) = range(&text, size) {
                prop_assert!(first <= last && last < size);
            }
        }
    }
}
