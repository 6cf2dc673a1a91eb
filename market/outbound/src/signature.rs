//! Signatures of deliveries: those of Standard Webhooks, and those that the references of the dialects print.

use aws_lc_rs::hmac;
use market::text::hex;

/// The prefix of a secret as its owner sees it.
const PREFIX: &str = "whsec_";

/// A secret that signs deliveries.
#[derive(Clone)]
pub struct SigningSecret {
    /// The secret as its owner has it: `whsec_` and base64.
    text: String,
    key: Vec<u8>,
}

impl SigningSecret {
    /// Reads a secret; none if it is not `whsec_` and base64 of 24 to 64 bytes, or another text of 16 to 256 characters.
    pub fn read(text: &str) -> Option<Self> {
        let key = match text.strip_prefix(PREFIX) {
            Some(encoded) => decoded(encoded).filter(|key| (24..=64).contains(&key.len()))?,
            // A bot may bring its own secret; then its bytes are the key.
            None if (16..=256).contains(&text.len()) => text.as_bytes().to_vec(),
            None => return None,
        };
        Some(Self { text: text.to_owned(), key })
    }

    /// Makes the value `v1,…` of the header `webhook-signature`.
    pub fn standard(&self, id: &str, timestamp: i64, body: &str) -> String {
        let signed = [id.as_bytes(), b".", timestamp.to_string().as_bytes(), b".", body.as_bytes()].concat();
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key);
        format!("v1,{}", encoded(hmac::sign(&key, &signed).as_ref()))
    }

    /// Makes the value `sha256=…` of the header `X-Webhook-Signature`, over the body alone and keyed with the secret's text.
    pub fn of_body(&self, body: &str) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.text.as_bytes());
        format!("sha256={}", hex(hmac::sign(&key, body.as_bytes()).as_ref()))
    }
}

/// Makes the header's value under a secret and, while it is replaced, under the one before: a receiver accepts either.
pub fn standard_of_all(secrets: &[SigningSecret], id: &str, timestamp: i64, body: &str) -> String {
    secrets.iter().map(|secret| secret.standard(id, timestamp, body)).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    // PyPI standardwebhooks 1.1.0, npm standardwebhooks 1.1.1 and npm svix 2.5.0 agree on these.
    const SECRET: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    const ID: &str = "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W";
    const AT: i64 = 1_767_225_600;
    const BODY: &str = r#"{"type":"job.posted","timestamp":"2026-11-29T00:00:00Z","data":{"id":"é✓"}}"#;

    #[test]
    fn signatures_are_those_of_other_libraries() {
        let secret = SigningSecret::read(SECRET).expect("a secret");
        assert_eq!(secret.standard(ID, AT, BODY), "v1,nVooQMP8SVLBYnQn+hYaTeKU5ymPu4D8CIXz2ZSf/iY=");
        assert_eq!(secret.of_body(BODY), "sha256=3011438b4f1251598a238a1ba5e1eb3b3a042dc85786af89e78ea9f1ab2efb8e");
        let both = standard_of_all(&[secret.clone(), secret], ID, AT, BODY);
        assert_eq!(both.split(' ').count(), 2);
    }

    #[test]
    fn a_secret_has_a_shape() {
        for bad in ["", "short", "whsec_", "whsec_AAEC", "whsec_!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!"] {
            assert!(SigningSecret::read(bad).is_none(), "{bad}");
        }
        assert!(SigningSecret::read("a secret of a bot's own").is_some());
    }
}
