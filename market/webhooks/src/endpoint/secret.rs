//! The secrets of endpoints: made here or brought by the receiver, and encrypted at rest.

use aws_lc_rs::rand;
use identity::internal::seal;
use kernel::id::EndpointId;
use kernel::{Error, Result};

/// The first letters of a secret that is made here; the rest is its key in base 64.
const PREFIX: &str = "whsec_";
/// The number of bytes of a new key.
const KEY_BYTES: usize = 32;
/// The fewest bytes of a key in base 64.
const KEY_BYTES_MIN: usize = 24;
/// The most bytes of a key in base 64.
const KEY_BYTES_MAX: usize = 64;
/// The fewest characters of a secret that a receiver brings.
const LENGTH_MIN: usize = 16;
/// The most characters of a secret that a receiver brings.
const LENGTH_MAX: usize = 256;
/// Keeps the key apart from those of other secrets.
const LABEL: &[u8] = b"guildhall webhook secret 1";

/// The digits of base 64.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Makes a secret.
pub(super) fn new() -> Result<String> {
    let mut key = [0; KEY_BYTES];
    rand::fill(&mut key).map_err(|_| Error::internal())?;
    Ok(format!("{PREFIX}{}", encoded(&key)))
}

/// Checks a secret that a receiver brings; the error says what to do.
pub(super) fn check(text: &str) -> Result<(), String> {
    if let Some(key) = text.strip_prefix(PREFIX) {
        return match decoded_length(key) {
            Some(KEY_BYTES_MIN..=KEY_BYTES_MAX) => Ok(()),
            _ => Err(format!(
                "After {PREFIX} it must be base 64 of {KEY_BYTES_MIN} to {KEY_BYTES_MAX} bytes; leave it out to get a new one."
            )),
        };
    }
    let length = text.chars().count();
    if !(LENGTH_MIN..=LENGTH_MAX).contains(&length) {
        return Err(format!("It has {length} characters; use {LENGTH_MIN} to {LENGTH_MAX}, or leave it out to get a new one."));
    }
    if text.chars().any(char::is_control) {
        return Err("It contains control characters; remove them.".to_owned());
    }
    Ok(())
}

/// Encrypts a secret for the row of its endpoint.
pub(super) fn seal(server: &[u8], id: &EndpointId, secret: &str) -> Result<String> {
    seal::seal(server, LABEL, id.as_str(), secret.as_bytes())
}

/// Decrypts the secrets of an endpoint; none if one of them was encrypted with another key.
pub(crate) fn open_all<'a>(server: &[u8], id: &EndpointId, sealed: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    sealed.map(|sealed| String::from_utf8(seal::open(server, LABEL, id.as_str(), sealed)?).ok()).collect()
}

/// Encodes bytes in base 64.
fn encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = (0..3).fold(0_usize, |bits, at| bits << 8 | usize::from(chunk.get(at).copied().unwrap_or_default()));
        for at in 0..4 {
            let digit = char::from(DIGITS[bits >> (18 - 6 * at) & 63]);
            text.push(if at <= chunk.len() { digit } else { '=' });
        }
    }
    text
}

/// Returns the number of bytes that a text in base 64 stands for; none if it is not in base 64.
fn decoded_length(text: &str) -> Option<usize> {
    let digits = text.trim_end_matches('=');
    let is_whole = text.len().is_multiple_of(4) && text.len() - digits.len() <= 2;
    (is_whole && digits.bytes().all(|digit| DIGITS.contains(&digit))).then_some(digits.len() * 3 / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_is_that_of_others() {
        let key: Vec<u8> = (0..32).collect();
        assert_eq!(encoded(&key), "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
        assert_eq!((encoded(b"a"), encoded(b"ab"), encoded(b"abc")), ("YQ==".into(), "YWI=".into(), "YWJj".into()));
        assert_eq!((decoded_length("YQ=="), decoded_length("YWI="), decoded_length("YWJj")), (Some(1), Some(2), Some(3)));
        assert_eq!((decoded_length("YW"), decoded_length("Y==="), decoded_length("Y!==")), (None, None, None));
    }

    #[test]
    fn a_secret_has_a_shape() {
        check(&new().expect("is made")).expect("is one");
        assert_ne!(new(), new());
        check("a secret of a bot's own").expect("is one");
        for bad in ["", "short", "whsec_", "whsec_AAEC", "whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "a secret with\nlines", &"x".repeat(257)]
        {
            assert!(check(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_secret_is_read_with_its_key_alone() {
        let id = EndpointId::from("wh_1");
        let sealed = [seal(b"server", &id, "one").expect("seals"), seal(b"server", &id, "two").expect("seals")];
        let all = || sealed.iter().map(String::as_str);
        assert_eq!(open_all(b"server", &id, all()), Some(vec!["one".to_owned(), "two".to_owned()]));
        assert_eq!(open_all(b"another", &id, all()), None);
        assert_eq!(open_all(b"server", &EndpointId::from("wh_2"), all()), None);
    }
}
