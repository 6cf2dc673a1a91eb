//! Addresses: encoding of queries, and redirects that stay on this site.

use std::fmt::Write;

/// Percent-encodes a value for a query.
pub fn encode(value: &str) -> String {
    let mut text = String::new();
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing to a String can't fail.
            let _ = write!(text, "%{byte:02X}");
        }
    }
    text
}

/// Reverses [`encode`]; none if the text is not percent-encoded UTF-8.
pub fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        rest = match first {
            b'%' => {
                let digits = std::str::from_utf8(after.get(..2)?).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
                &after[2..]
            }
            plain => {
                bytes.push(plain);
                after
            }
        };
    }
    String::from_utf8(bytes).ok()
}

/// Builds a path with a query of the pairs that have a value.
pub fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let said: Vec<_> = pairs.iter().filter(|(_, v)| !v.is_empty()).map(|(k, v)| format!("{k}={}", encode(v))).collect();
    if said.is_empty() { path.to_owned() } else { format!("{path}?{}", said.join("&")) }
}

/// Sets one parameter of an address's query.
pub fn with(address: &str, name: &str, value: &str) -> String {
    let address = address.split('#').next().unwrap_or(address);
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let others = query.split('&').filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name)).map(str::to_owned);
    let said: Vec<_> = others.chain([format!("{name}={}", encode(value))]).collect();
    format!("{path}?{}", said.join("&"))
}

/// Returns the address if it is a path of this site, else `/`: a redirect never leaves the site.
pub fn ours(address: &str) -> &str {
    let ours = address.starts_with('/') && !address.starts_with("//") && !address.contains(['\\', '\n', '\r', '\t']);
    if ours { address } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_say_only_what_was_chosen() {
        assert_eq!(with_query("/jobs", &[("q", "a&b c"), ("category", "")]), "/jobs?q=a%26b%20c");
        assert_eq!(with_query("/jobs", &[("q", "")]), "/jobs");
    }

    #[test]
    fn a_query_says_each_thing_once() {
        assert_eq!(with("/review", "rows", "10"), "/review?rows=10");
        assert_eq!(with("/review?version=2&rows=10#items", "rows", "15"), "/review?version=2&rows=15");
    }

    #[test]
    fn only_addresses_of_ours() {
        assert_eq!(ours("/jobs/new?x=1"), "/jobs/new?x=1");
        for elsewhere in ["https://evil.example/", "//evil.example", "/\\evil.example", "jobs", "", "/a\r\nset-cookie: b"] {
            assert_eq!(ours(elsewhere), "/", "{elsewhere}");
        }
    }
}
