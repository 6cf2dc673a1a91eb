//! The secrets of endpoints: made here or brought by the receiver, and encrypted at rest.

use aws_lc_rs::rand;
use identity::internal::seal;
use kernel::id::EndpointId;
use kernel::{Error, Result};
use outbound::SigningSecret;

/// The number of bytes of a new key.
const KEY_BYTES: usize = 32;
/// Keeps the key apart from those of other secrets.
const LABEL: &[u8] = b"guildhall webhook secret 1";
/// The advice for a secret that can't sign.
const WRONG: &str = "It is not a secret; write 16 to 256 characters, or whsec_ and the base64 of 24 to 64 random bytes, or leave it out.";

/// Makes a secret.
pub(super) fn new() -> Result<String> {
    let mut key = [0; KEY_BYTES];
    rand::fill(&mut key).map_err(|_| Error::internal())?;
    SigningSecret::of_key(&key).map(|secret| secret.as_str().to_owned()).ok_or_else(Error::internal)
}

/// Checks a secret that a receiver brings, by the reader that the sender uses; the error says what to do.
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    SigningSecret::read(text).map(drop).ok_or(WRONG)
}

/// Encrypts a secret for the row of its endpoint.
pub(super) fn seal(server: &[u8], id: &EndpointId, secret: &str) -> Result<String> {
    seal::seal(server, LABEL, id.as_str(), secret.as_bytes())
}

/// Decrypts the secrets of an endpoint; none if one of them was encrypted with another key.
pub(crate) fn open_all<'a>(server: &[u8], id: &EndpointId, sealed: impl Iterator<Item = &'a str>) -> Option<Vec<String>> {
    sealed.map(|sealed| String::from_utf8(seal::open(server, LABEL, id.as_str(), sealed)?).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
