//! Secrets at rest: encrypted with a key that is derived from the server's secret, so that a copy of the database is of no use.
//! With another server secret they can't be read.

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use hmac::{Hmac, KeyInit, Mac};
use kernel::text::hex;
use kernel::{Error, Result};
use sha2::Sha256;

/// Encrypts a secret for its owner. The label keeps the keys of different kinds of secrets apart.
pub fn seal(server: &[u8], label: &[u8], owner: &str, secret: &[u8]) -> Result<String> {
    let mut sealed = secret.to_vec();
    let aad = Aad::from(owner.as_bytes());
    let nonce = key(server, label)?.seal_in_place_append_tag(aad, &mut sealed).map_err(|_| Error::internal())?;
    Ok(format!("{}{}", hex(nonce.as_ref()), hex(&sealed)))
}

/// Decrypts a secret; none if it was encrypted with another key, or for somebody else.
pub fn open(server: &[u8], label: &[u8], owner: &str, sealed: &str) -> Option<Vec<u8>> {
    let mut bytes = bytes(sealed)?;
    if bytes.len() < NONCE_LEN {
        return None;
    }
    let nonce = Nonce::try_assume_unique_for_key(&bytes[..NONCE_LEN]).ok()?;
    let opened = key(server, label).ok()?.open_in_place(nonce, Aad::from(owner.as_bytes()), &mut bytes[NONCE_LEN..]).ok()?;
    Some(opened.to_vec())
}

fn key(server: &[u8], label: &[u8]) -> Result<RandomizedNonceKey> {
    let derived = Hmac::<Sha256>::new_from_slice(server).expect("a key of any length will do").chain_update(label);
    RandomizedNonceKey::new(&AES_256_GCM, &derived.finalize().into_bytes()).map_err(|_| Error::internal())
}

/// Reverses [`hex`].
fn bytes(text: &str) -> Option<Vec<u8>> {
    if !text.is_ascii() || !text.len().is_multiple_of(2) {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_read_with_its_key_for_its_owner_alone() {
        let (ada, bob) = ("user_ada", "user_bob");
        let seal = || seal(b"the server", b"codes", ada, b"secret").expect("seals");
        let sealed = seal();
        assert_ne!(sealed, seal(), "no two are alike");
        assert!(!sealed.contains(&hex(b"secret")));
        assert_eq!(open(b"the server", b"codes", ada, &sealed).as_deref(), Some(&b"secret"[..]));
        assert_eq!(open(b"another", b"codes", ada, &sealed), None);
        assert_eq!(open(b"the server", b"another", ada, &sealed), None);
        assert_eq!(open(b"the server", b"codes", bob, &sealed), None);
        for broken in ["", "00", "zz", "é0", &sealed[2..]] {
            assert_eq!(open(b"the server", b"codes", ada, broken), None, "{broken}");
        }
    }
}
