//! Signatures of what is sent to strangers, so that they can tell who sent it: the header of Standard Webhooks, and the header over the
//! body alone that the references of the dialects print.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use kernel::text::hex;
use kernel::time::Time;
use sha2::Sha256;
use std::fmt;
use std::ops::RangeInclusive;

/// The prefix of a secret in the format of Standard Webhooks.
const PREFIX: &str = "whsec_";
/// The bytes of a key in that format.
const KEY_BYTES: RangeInclusive<usize> = 24..=64;
/// The characters of a secret that a receiver made up.
const OWN_CHARACTERS: RangeInclusive<usize> = 16..=256;

/// A secret that signs what is sent to one receiver. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct SigningSecret {
    text: String,
    key: Vec<u8>,
}

impl SigningSecret {
    /// Makes a secret from random bytes; none if they are fewer than 24 or more than 64.
    pub fn of_key(key: &[u8]) -> Option<Self> {
        let is_sized = KEY_BYTES.contains(&key.len());
        is_sized.then(|| Self { text: format!("{PREFIX}{}", STANDARD.encode(key)), key: key.to_vec() })
    }

    /// Reads a secret: `whsec_` and base64 of 24 to 64 bytes, or a text of 16 to 256 characters that the receiver made up, whose bytes
    /// are the key.
    pub fn read(text: &str) -> Option<Self> {
        match text.strip_prefix(PREFIX) {
            Some(encoded) => Self::of_key(&STANDARD.decode(encoded).ok()?).map(|secret| Self { text: text.to_owned(), ..secret }),
            None => is_own(text).then(|| Self { text: text.to_owned(), key: text.as_bytes().to_vec() }),
        }
    }

    /// Returns the secret as the receiver has it.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// Returns true if a text can be a secret that a receiver made up: it survives being copied by hand.
fn is_own(text: &str) -> bool {
    OWN_CHARACTERS.contains(&text.chars().count()) && !text.chars().any(char::is_control)
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret(…)")
    }
}

/// Makes the value of the header `webhook-signature` of Standard Webhooks: one `v1,` signature for each secret, separated by a space.
/// There are two while a secret is replaced, and a receiver accepts either.
pub fn standard_header(secrets: &[SigningSecret], id: &str, at: Time, body: &[u8]) -> String {
    let head = format!("{id}.{}.", at.seconds());
    let sign = |secret: &SigningSecret| format!("v1,{}", STANDARD.encode(sign(&secret.key, &[head.as_bytes(), body])));
    secrets.iter().map(sign).collect::<Vec<_>>().join(" ")
}

/// Makes the value of the header `X-Webhook-Signature`, over the body alone. Its key is the secret's text, with the prefix, as the
/// references print it; it does not protect from a repeated delivery, as the standard header does.
pub fn body_header(secret: &SigningSecret, body: &[u8]) -> String {
    format!("sha256={}", hex(&sign(secret.text.as_bytes(), &[body])))
}

fn sign(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length will do");
    parts.iter().fold(mac, |mac, part| mac.chain_update(part)).finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    // PyPI standardwebhooks 1.1.0, npm standardwebhooks 1.1.1 and npm svix 2.5.0 agree on these.
    const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const ID: &str = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    const AT: Time = Time::from_ms(1_767_225_600_000);
    const BODY: &str = r#"{"type":"job.posted","timestamp":"2026-11-29T00:00:00Z","data":{"id":"é✓"}}"#;
    const SIGNATURE: &str = "v1,nVooQMP8SVLBYnQn+hYaTeKU5ymPu4D8CIXz2ZSf/iY=";

    fn secret() -> SigningSecret {
        SigningSecret::read(SECRET).expect("a secret")
    }

    #[test]
    fn the_standard_signature_is_that_of_other_libraries() {
        assert_eq!(standard_header(&[secret()], ID, AT, BODY.as_bytes()), SIGNATURE);
        assert_eq!(standard_header(&[secret()], ID, Time::from_ms(AT.ms() + 999), BODY.as_bytes()), SIGNATURE, "seconds are signed");
    }

    #[test]
    fn each_secret_signs_while_one_is_replaced() {
        let other = SigningSecret::of_key(&[7; 24]).expect("a secret");
        let both = standard_header(&[other.clone(), secret()], ID, AT, BODY.as_bytes());
        assert_eq!(both, format!("{} {SIGNATURE}", standard_header(&[other], ID, AT, BODY.as_bytes())));
        assert!(both.split(' ').all(|signature| signature.starts_with("v1,")));
    }

    #[test]
    fn the_signature_of_the_body_is_keyed_by_the_secrets_text() {
        let expected = "sha256=3011438b4f1251598a238a1ba5e1eb3b3a042dc85786af89e78ea9f1ab2efb8e";
        assert_eq!(body_header(&secret(), BODY.as_bytes()), expected);
    }

    #[test]
    fn a_secret_has_a_shape() {
        let key: Vec<u8> = (0..32).collect();
        assert_eq!(SigningSecret::of_key(&key), Some(secret()));
        assert_eq!(secret().as_str(), SECRET);
        for bytes in [0, 23, 65] {
            assert_eq!(SigningSecret::of_key(&vec![1; bytes]), None, "{bytes}");
            assert_eq!(SigningSecret::read(&format!("whsec_{}", STANDARD.encode(vec![1; bytes]))), None, "{bytes}");
        }
        for bad in ["", "short", "whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"] {
            assert_eq!(SigningSecret::read(bad), None, "{bad}");
        }
        for own in ["your_webhook_secret", &"é".repeat(16), &"é".repeat(256)] {
            assert!(SigningSecret::read(own).is_some_and(|secret| secret.as_str() == own), "{own}");
        }
        for bad in [&"é".repeat(15), &"x".repeat(257), "a secret with\nlines"] {
            assert_eq!(SigningSecret::read(bad), None, "{bad}");
        }
        assert_eq!(format!("{:?}", secret()), "SigningSecret(…)");
    }
}
