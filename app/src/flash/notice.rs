//! The notice of success in its cookie, which scripts can't read and which the next page deletes.

use crate::url;
use http::{HeaderMap, HeaderValue};
use market::Rules;

/// The cookie's name. `__Host-` keeps other hosts of the same domain from setting it; browsers allow it over https only.
fn name(rules: &Rules) -> &'static str {
    if is_secure(rules) { "__Host-notice" } else { "notice" }
}

/// The longest notice, in bytes of the encoded text: browsers drop cookies of more than 4 KiB.
const BYTES_MAX: usize = 3_000;

fn is_secure(rules: &Rules) -> bool {
    rules.base_url.starts_with("https://")
}

/// Returns the `Set-Cookie` header that takes a notice to the next page.
pub fn cookie(text: &str, rules: &Rules) -> HeaderValue {
    let mut kept = text;
    while url::encode(kept).len() > BYTES_MAX {
        let shorter = kept.char_indices().nth(kept.chars().count() / 2).map_or(0, |(at, _)| at);
        kept = &kept[..shorter];
    }
    written(&url::encode(kept), 60, rules)
}

/// Returns the `Set-Cookie` header that deletes the notice.
pub(crate) fn deleted(rules: &Rules) -> HeaderValue {
    written("", 0, rules)
}

/// Reads the notice from a request's cookies.
pub(crate) fn of(headers: &HeaderMap, rules: &Rules) -> Option<String> {
    let text = url::decode(crate::site::cookie(headers, name(rules))?)?;
    (!text.trim().is_empty() && text.len() <= BYTES_MAX).then_some(text)
}

/// Adds the place in the page to which an act leads, if its address names one.
pub(crate) fn at(to: &str, text: &str) -> String {
    to.split_once('#').map_or_else(|| text.to_owned(), |(_, place)| format!("#{place}\n{text}"))
}

/// Splits a notice into its place and its text.
pub(crate) fn placed(text: String) -> (Option<String>, String) {
    match text.strip_prefix('#').and_then(|rest| rest.split_once('\n')) {
        Some((place, said)) => (Some(place.to_owned()), said.to_owned()),
        None => (None, text),
    }
}

fn written(value: &str, seconds: u32, rules: &Rules) -> HeaderValue {
    let secure = if is_secure(rules) { "; Secure" } else { "" };
    let text = format!("{}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}", name(rules));
    // Percent-encoded text is always a header's value.
    HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round(text: &str, rules: &Rules) -> Option<String> {
        let cookie = cookie(text, rules);
        let pair = cookie.to_str().expect("ASCII").split(';').next().expect("a pair").to_owned();
        let mut headers = HeaderMap::new();
        headers.insert(http::header::COOKIE, HeaderValue::from_str(&pair).expect("a header"));
        of(&headers, rules)
    }

    #[test]
    fn a_notice_comes_back_as_it_was() {
        let plain = Rules::default();
        let secure = Rules { base_url: "https://guildhall.example.org".into(), ..Rules::default() };
        for rules in [&plain, &secure] {
            let text = "The key “a; b=c, d” is made: 100 %.\nIt is ünique.";
            assert_eq!(round(text, rules).as_deref(), Some(text));
        }
        assert!(cookie("x", &secure).to_str().expect("ASCII").ends_with("; Secure"));
    }

    #[test]
    fn a_notice_knows_its_place() {
        assert_eq!(placed(at("/jobs/1#questions-notice", "Asked.")), (Some("questions-notice".to_owned()), "Asked.".to_owned()));
        assert_eq!(placed(at("/jobs/1", "Asked.\nAgain.")), (None, "Asked.\nAgain.".to_owned()));
    }

    #[test]
    fn a_long_notice_is_cut_and_a_broken_one_is_none() {
        let long = round(&"ä".repeat(5_000), &Rules::default()).expect("a part of it");
        assert!(!long.is_empty() && long.chars().all(|c| c == 'ä'));
        let mut headers = HeaderMap::new();
        headers.insert(http::header::COOKIE, HeaderValue::from_static("notice=%ff%"));
        assert_eq!(of(&headers, &Rules::default()), None);
    }
}
