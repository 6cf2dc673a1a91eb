//! Argon2id on blocking threads. It is slow on purpose, so few hashes run at a time, few wait, and none inside a transaction.

use super::errors;
use crate::queue::Queue;
use argon2::password_hash::phc;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use kernel::text::{hex, nfkc};
use kernel::{Error, Result};
use sha2::{Digest, Sha256};

/// 19 MiB, two passes, one lane: OWASP's first choice for Argon2id.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// The longest text that is tried as a password, in characters: several times the longest password, in whatever form it is typed.
const TYPED_MAX: usize = 1_000;

/// The most passwords that are hashed at a time.
const RUNNING_MAX: usize = 2;
/// The most callers that wait for their password to be hashed.
const WAITING_MAX: usize = 64;

/// The queue of password hashes of one market: few run at a time, and few wait. Clones share it.
#[derive(Clone, Debug)]
pub struct Hasher(Queue);

impl Default for Hasher {
    fn default() -> Self {
        Self(Queue::new(RUNNING_MAX, WAITING_MAX))
    }
}

/// A hash without a password: it is verified when the member is unknown, so that the answer takes as long.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$Z3VpbGRoYWxsIG5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// The stored hash of a password: a PHC string with its own salt and cost.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Returns the PHC string, for the database alone.
    pub fn as_phc(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

impl Hasher {
    /// Hashes a new password, in normalisation form KC: keyboards send the same letters in different forms. It takes tens of
    /// milliseconds: call it before the transaction begins.
    pub async fn hash(&self, plain: &str) -> Result<PasswordHash> {
        let plain = nfkc(plain);
        let hashed = self.slowly(move || hasher()?.hash_password(plain.as_bytes()).map(|hash| PasswordHash(hash.to_string()))).await?;
        hashed.map_err(broken)
    }

    /// Returns true if `plain` is the password of `hash`. Without a hash it takes as long and returns false.
    ///
    /// A password that is typed in another form than KC is tried as typed too, because early hashes were made of that. The time
    /// it takes depends on the typed text alone.
    pub async fn verify(&self, hash: Option<&str>, plain: &str) -> Result<bool> {
        if plain.chars().nth(TYPED_MAX).is_some() {
            return self.matches(None, "").await;
        }
        let normal = nfkc(plain);
        Ok(self.matches(hash, &normal).await? || (normal != plain && self.matches(hash, plain).await?))
    }

    async fn matches(&self, hash: Option<&str>, plain: &str) -> Result<bool> {
        let (stored, plain) = (hash.unwrap_or(NOBODY).to_owned(), plain.to_owned());
        let verdict = self.slowly(move || hasher()?.verify_password(plain.as_bytes(), &phc::PasswordHash::new(&stored)?)).await?;
        match verdict {
            Ok(()) => Ok(hash.is_some()),
            Err(argon2::password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(broken(error)),
        }
    }

    /// Runs `work` on a blocking thread when its turn comes. A caller that disconnects leaves the queue; running work finishes.
    async fn slowly<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let turn = self.0.turn().await.ok_or_else(errors::busy_logging_in)?;
        let done = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(|_| Error::internal())
    }
}

/// Computes SHA-256 in hexadecimal, for random secrets: keys and verification links need no slow hash.
pub fn fingerprint(secret: &str) -> String {
    hex(&Sha256::digest(secret))
}

fn hasher() -> argon2::password_hash::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: argon2::password_hash::Error) -> Error {
    tracing::error!(%error, "a password could not be hashed or its hash could not be read");
    Error::internal()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Kind;

    #[tokio::test]
    async fn a_password_is_told_from_another() {
        let hashes = Hasher::default();
        let hash = hashes.hash("correct horse").await.expect("hashes");
        assert!(hash.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", hash.0);
        assert!(hashes.verify(Some(&hash.0), "correct horse").await.expect("verifies"));
        assert!(!hashes.verify(Some(&hash.0), "Correct horse").await.expect("verifies"));
        assert!(!hashes.verify(None, "correct horse").await.expect("nobody's hash can be read"));
        assert_eq!(hashes.verify(Some("nonsense"), "x").await.expect_err("unreadable").kind, Kind::Internal);
        assert!(!format!("{hash:?}").contains("argon2"));

        let cost = |hash: &str| hash.split('$').take(4).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(cost(NOBODY), cost(&hash.0), "an unknown member costs as much as a known one");

        let crowded = Hasher(Queue::new(0, 0));
        let error = crowded.verify(Some(&hash.0), "correct horse").await.expect_err("the queue is full");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::TooMany, "busy_logging_in"));
    }

    #[tokio::test]
    async fn a_password_has_one_form_on_every_keyboard() {
        let hashes = Hasher::default();
        let (composed, decomposed) = ("p\u{e4}ssw\u{f6}rd", "pa\u{308}sswo\u{308}rd");
        let hash = hashes.hash(composed).await.expect("hashes");
        assert!(hashes.verify(Some(&hash.0), decomposed).await.expect("verifies"));
        assert!(hashes.verify(Some(&hash.0), composed).await.expect("verifies"));
        let early = hasher().expect("a hasher").hash_password(decomposed.as_bytes()).expect("hashes").to_string();
        assert!(hashes.verify(Some(&early), decomposed).await.expect("verifies"), "a hash from before still opens the account");
    }

    #[test]
    fn fingerprints_are_sha256() {
        assert_eq!(fingerprint("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
