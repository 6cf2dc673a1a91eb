//! Answers already given: a request that comes again under its key gets the first answer, never a second effect.
//!
//! The claim is the first statement of an act's transaction and the answer its last, so both are there or neither is.
//! Whoever claims a key that is being claimed waits for the other transaction and then finds its answer.

use crate::db::{Conn, Tx};
use crate::{Error, Result, Span};
use serde::Deserialize;
use sha2::{Digest, Sha256};

pub mod errors;
mod store;
pub use store::forget_old;

/// How long an answer is kept.
pub const KEPT: Span = Span::hours(24);
/// How long a key may be.
const KEY_MOST: usize = 255;

/// One request under its key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    scope: String,
    key: String,
    fingerprint: String,
}

/// What was answered.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Answer {
    /// The HTTP status, 200 to 299.
    pub status: i64,
    /// The headers worth repeating, as a JSON object in text.
    pub headers: String,
    /// The body.
    pub body: String,
}

impl Ticket {
    /// A ticket for `key` within `scope` (whose it is and which route). The fingerprint of what is asked is keyed with
    /// the server's secret, because what is asked may hold a password.
    pub fn new(scope: String, key: &str, secret: &[u8], asked: &[&[u8]]) -> Result<Self> {
        if key.is_empty() || key.len() > KEY_MOST || !key.bytes().all(|b| b.is_ascii_graphic()) {
            return Err(errors::invalid_idempotency_key());
        }
        let mut hash = Sha256::new();
        for part in std::iter::once(&secret).chain(asked) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let fingerprint = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(Self { scope, key: key.to_owned(), fingerprint })
    }

    /// The same for a request of which more is known by now: what a file is that came with it.
    #[must_use]
    pub fn about(&self, asked: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in std::iter::once(&self.fingerprint.as_bytes()).chain(asked) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part);
        }
        let fingerprint = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Self { fingerprint, ..self.clone() }
    }
}

/// Claims the key for this transaction; the first answer, if it was already answered. Then do nothing, but commit
/// all the same before repeating it: only then is what it tells of on the disk. A claim is committed with its answer or
/// not at all, so whoever finds one finds an answer: nobody is ever told that the first request still runs.
pub async fn claim(tx: &mut Tx, ticket: &Ticket) -> Result<Option<Answer>> {
    if store::insert(tx, ticket).await? {
        return Ok(None);
    }
    let Some(found) = store::find(tx, ticket).await? else { return Err(Error::try_again()) };
    if found.fingerprint != ticket.fingerprint {
        return Err(errors::idempotency_key_reused());
    }
    Ok(Some(found.answer))
}

/// Whether something was answered under this key: for requests that are much work to read, and have to be read otherwise
/// when they come again. Whether it was this request, says [`claim`].
pub async fn is_answered(conn: &mut Conn, ticket: &Ticket) -> Result<bool> {
    store::is_kept(conn, ticket).await
}

/// Keeps the answer beside its effect.
pub async fn keep(tx: &mut Tx, ticket: &Ticket, answer: &Answer) -> Result<()> {
    store::update(tx, ticket, answer).await
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
        let file = ab.about(&[b"name", b"hash"]);
        assert_eq!(file, ab.about(&[b"name", b"hash"]));
        assert!(file != ab && file != ab.about(&[b"nameh", b"ash"]), "what is known later counts, too");
    }
}
