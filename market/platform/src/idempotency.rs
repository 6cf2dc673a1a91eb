//! Idempotency keys: a request that is sent again under its key gets the first answer, never a second effect.
//!
//! An act begins with the claim of its key and ends with the answer, which is written in its transaction. A second claim of the same key
//! waits for the first transaction and then finds its answer: SQLite has one writer, and on PostgreSQL the claim locks the key.

use crate::db::{Conn, Tx};
use kernel::text::hex;
use kernel::{Duration, Error, Result};
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub mod errors;
mod store;
pub use store::forget_old;

/// The time for which an answer is kept.
pub const KEPT: Duration = Duration::hours(24);
/// The most characters of a key.
const KEY_MAX: usize = 255;

/// A request with its idempotency key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    scope: String,
    key: String,
    fingerprint: String,
    kept: Duration,
}

/// A stored answer.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// The HTTP status, 200 to 299.
    pub status: i64,
    /// The body.
    pub body: String,
}

impl Ticket {
    /// Creates a ticket for `key` within `scope` (the caller and the route). The fingerprint of the request is keyed with the server's
    /// secret, because the request may contain a password.
    pub fn new(scope: String, key: &str, secret: &[u8], asked: &[&[u8]]) -> Result<Self> {
        if key.is_empty() || key.len() > KEY_MAX || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(errors::invalid_idempotency_key());
        }
        Ok(Self { scope, key: key.to_owned(), fingerprint: digest(secret, asked), kept: KEPT })
    }

    /// Creates a ticket for a request that brings no key: its content is the key, for a short time only, because a person may mean
    /// to send equal words again later.
    pub fn of_content(scope: String, secret: &[u8], asked: &[&[u8]], kept: Duration) -> Self {
        let fingerprint = digest(secret, asked);
        Self { scope, key: fingerprint.clone(), fingerprint, kept }
    }

    /// Extends the fingerprint by parts that were not known before, such as the hash of an uploaded file.
    #[must_use]
    pub fn about(&self, asked: &[&[u8]]) -> Self {
        Self { fingerprint: digest(self.fingerprint.as_bytes(), asked), ..self.clone() }
    }

    /// Returns what the table knows the scope and the key by.
    fn claim(&self) -> String {
        hex(&self.hash()[..16])
    }

    /// Returns a word that stands for the request and its repetitions: for an act whose row is written before its answer.
    pub fn request_id(&self) -> String {
        hex(&Sha256::digest(format!("{}\n{}", self.claim(), self.fingerprint))[..16])
    }

    /// Returns what rows of earlier versions are known by, which hold for a day.
    fn old_claim(&self) -> String {
        format!("{} {}", self.scope, self.key)
    }

    /// Returns a number that stands for the scope and the key. Two tickets that share one wait for each other and do no harm.
    fn number(&self) -> i64 {
        self.hash().first_chunk().map_or(0, |bytes| i64::from_le_bytes(*bytes))
    }

    fn hash(&self) -> [u8; 32] {
        Sha256::digest(format!("{}\n{}", self.scope, self.key)).into()
    }
}

/// Hashes the parts of a request, each after its length, so that no two splits of the same bytes are equal.
fn digest(key: &[u8], asked: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(&key).chain(asked) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// Claims the key for this transaction, or returns the first answer. In that case do nothing, but commit before repeating the answer:
/// only then is its effect on the disk. A second request waits for the first, so it is never told that the first still runs.
pub async fn claim(tx: &mut Tx, ticket: &Ticket) -> Result<Option<Answer>> {
    let found = if tx.is_alone() { store::find(tx, ticket).await? } else { store::lock_and_find(tx, ticket).await? };
    let Some(found) = found else {
        *tx.claimed() = Some(ticket.clone());
        return Ok(None);
    };
    if found.fingerprint != ticket.fingerprint {
        return Err(errors::idempotency_key_reused());
    }
    Ok(Some(found.answer))
}

/// Returns true if there is an answer under this key. Requests with large bodies use it to read a repeated body differently; only
/// [`claim`] compares the requests.
pub async fn is_answered(conn: &mut Conn, ticket: &Ticket) -> Result<bool> {
    store::is_kept(conn, ticket).await
}

/// Stores the answer with its effect, under the key that this transaction claimed.
pub async fn keep(tx: &mut Tx, answer: &Answer) -> Result<()> {
    let Some(ticket) = tx.claimed().take() else { return Ok(()) };
    if store::insert(tx, &ticket, answer).await? { Ok(()) } else { Err(Error::try_again()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(key: &str, asked: &[&[u8]]) -> Result<Ticket> {
        Ticket::new("user_1 POST /x".into(), key, b"secret", asked)
    }

    #[test]
    fn keys_are_visible_ascii() {
        for key in ["", "a b", "ä", "a\n", &"x".repeat(256)] {
            assert_eq!(ticket(key, &[]).expect_err(key).code, "invalid_idempotency_key");
        }
        ticket(&"x".repeat(255), &[]).expect("just short enough");
    }

    #[test]
    fn the_fingerprint_tells_requests_apart() {
        let ab = ticket("k", &[b"a", b"bc"]).expect("a ticket");
        assert_eq!(ab, ticket("k", &[b"a", b"bc"]).expect("the same"));
        assert_ne!(ab, ticket("k", &[b"ab", b"c"]).expect("another split"));
        let content = |kept| Ticket::of_content("user_1 POST /x".into(), b"secret", &[b"a", b"bc"], kept);
        assert_eq!((&content(KEPT).key, &content(KEPT).fingerprint), (&ab.fingerprint, &ab.fingerprint));
        assert_ne!(content(KEPT), content(Duration::minutes(1)));
        let file = ab.about(&[b"name", b"hash"]);
        assert_eq!(file, ab.about(&[b"name", b"hash"]));
        assert!(file != ab && file != ab.about(&[b"nameh", b"ash"]), "what is known later counts, too");
    }
}
