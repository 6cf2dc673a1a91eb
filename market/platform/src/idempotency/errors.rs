//! The refusals of idempotency keys.

use super::KEY_MAX;
use kernel::{Error, Kind};

/// The key is empty, too long, or not visible ASCII.
pub fn invalid_idempotency_key() -> Error {
    let message = format!("An Idempotency-Key has 1 to {KEY_MAX} visible ASCII characters; a random UUID is a good one.");
    Error::invalid("invalid_idempotency_key", message)
}

/// The key came with another request before.
pub fn idempotency_key_reused() -> Error {
    let message = "This Idempotency-Key came with another request before. Use a new key for a new request.";
    Error::new(Kind::Unprocessable, "idempotency_key_reused", message)
}
