//! The server's key for mandates: Ed25519, made when the first mandate is set, kept encrypted. With another server secret it can't be
//! opened; then the next mandate makes another one, and the public halves of both are published.

use super::store;
use crate::seal;
use aws_lc_rs::rand;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64;
use kernel::text::hex;
use kernel::{Error, Result, Time};
use platform::db::Tx;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Keeps the key apart from those of other secrets.
const LABEL: &[u8] = b"guildhall mandate signing key 1";
/// The bytes of a seed.
const SEED_BYTES: usize = 32;
/// The hexadecimal digits of a key's id.
const ID_LENGTH: usize = 16;

/// The public half of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SigningKey {
    /// Its id: the beginning of the SHA-256 of its bytes.
    pub id: String,
    /// Its 32 bytes in base64url.
    pub public_key: String,
    /// When it was made.
    pub created_at: Time,
}

/// The key that signs now.
pub(super) struct Signer {
    pub(super) id: String,
    pair: Ed25519KeyPair,
}

impl Signer {
    /// Returns the signature in base64url.
    pub(super) fn sign(&self, text: &[u8]) -> String {
        BASE64.encode(self.pair.sign(text))
    }
}

/// Loads the newest key that this server can open, or makes one.
pub(super) async fn signer(tx: &mut Tx, secret: &[u8]) -> Result<Signer> {
    for stored in store::sealed_keys(tx).await? {
        if let Some(seed) = seal::open(secret, LABEL, &stored.id, &stored.sealed) {
            return from_seed(&seed);
        }
    }
    let mut seed = [0; SEED_BYTES];
    rand::fill(&mut seed).map_err(|_| Error::internal())?;
    let made = from_seed(&seed)?;
    let sealed = seal::seal(secret, LABEL, &made.id, &seed)?;
    let public_key = BASE64.encode(made.pair.public_key());
    let key = SigningKey { id: made.id.clone(), public_key, created_at: tx.now };
    store::insert_key(tx, &key, &sealed).await?;
    Ok(made)
}

fn from_seed(seed: &[u8]) -> Result<Signer> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Error::internal())?;
    let id = hex(&Sha256::digest(pair.public_key()))[..ID_LENGTH].to_owned();
    Ok(Signer { id, pair })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reverses [`hex`].
    fn bytes(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).expect("digits")).collect()
    }

    #[test]
    fn signatures_are_those_of_the_standard() {
        // RFC 8032, section 7.1, test 3.
        let signer = from_seed(&bytes("c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7")).expect("a seed");
        let public = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025";
        assert_eq!(hex(signer.pair.public_key().as_ref()), public);
        let signature = [
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac",
            "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ];
        assert_eq!(signer.sign(&[0xaf, 0x82]), BASE64.encode(bytes(&signature.concat())));
    }
}
