//! The refusals of API keys.

use super::LIVE_MAX;
use kernel::Error;

/// The team has as many keys as it may.
pub fn too_many_keys() -> Error {
    Error::conflict("too_many_keys", format!("Your team has {LIVE_MAX} keys. Revoke one that is not used any more."))
}

/// The key is not known.
pub fn invalid_api_key() -> Error {
    Error::unauthenticated("invalid_api_key", "This API key is not known. Send it whole and unchanged, or create a new one.")
}

/// The key was revoked.
pub fn key_revoked() -> Error {
    Error::unauthenticated("key_revoked", "This API key was revoked. Create a new one and use that.")
}

/// The key's time is over.
pub fn key_expired() -> Error {
    Error::unauthenticated("key_expired", "This API key has expired. Create a new one and use that.")
}
