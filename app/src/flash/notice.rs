//! The notice of success in its cookie, which scripts can't read and which the next page deletes.

use crate::url;
use http::{HeaderMap, HeaderValue};
use market::Terms;

/// The cookie's name. `__Host-` keeps other hosts of the same domain from setting it; browsers allow it over https only.
fn name(terms: &Terms) -> &'static str {
    if is_secure(terms) { "__Host-notice" } else { "notice" }
}

/// The longest notice, in bytes of the encoded text: browsers drop cookies of more than 4 KiB.
const BYTES_MAX: usize = 3_000;

fn is_secure(terms: &Terms) -> bool {
    terms.base_url.starts_with("https://")
}

/// Returns the `Set-Cookie` header that takes a notice to the next page.
pub fn cookie(text: &str, terms: &Terms) -> HeaderValue {
    let mut kept = text;
    while url::encode(kept).len() > BYTES_MAX {
        let shorter = kept.char_indices().nth(kept.chars().count() / 2).map_or(0, |(at, _)| at);
        kept = &kept[..shorter];
    }
    written(&url::encode(kept), 60, terms)
}

/// Returns the `Set-Cookie` header that deletes the notice.
pub(crate) fn deleted(terms: &Terms) -> HeaderValue {
    written("", 0, terms)
}

/// Reads the notice from a request's cookies.
pub(crate) fn of(headers: &HeaderMap, terms: &Terms) -> Option<String> {
    let text = url::decode(crate::site::cookie(headers, name(terms))?)?;
    (!text.trim().is_empty() && text.len() <= BYTES_MAX).then_some(text)
}

fn written(value: &str, seconds: u32, terms: &Terms) -> HeaderValue {
    let secure = if is_secure(terms) { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", name(terms));
    // Percent-encoded text is always a header's value.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str, terms: &Terms) -> Option<String> {
        let cookie = cookie(text, terms);
        let pair = cookie.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(http::header::COOKIE, HeaderValue::from_str(&pair).expect("a header"));
        of(&headers, terms)
    }

    #[test]
    fn a_notice_comes_back_as_it_was() {
        let plain = Terms::default();
        let secure = Terms { base_url: "https://guildhall.example.org".into(), ..Terms::default() };
        for terms in [&plain, &secure] {
            let text = "The key “a; b=c, d” is made: 100 %.\nIt is ünique.";
            assert_eq!(round(text, terms).as_deref(), Some(text));
        }
        assert!(cookie("x", &secure).to_str().expect("ASCII").ends_with("; Secure"));
    }

    #[test]
    fn a_long_notice_is_cut_and_a_broken_one_is_none() {
        let long = round(&"ä".repeat(5_000), &Terms::default()).expect("a part of it");
        assert!(!long.is_empty() && long.chars().all(|c| c == 'ä'));
        let mut headers = HeaderMap::new();
        headers.insert(http::header::COOKIE, HeaderValue::from_static("notice=%ff%"));
        assert_eq!(of(&headers, &Terms::default()), None);
    }
}
