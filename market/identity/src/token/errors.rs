//! The refusals of access tokens.

use kernel::Error;

/// The token was not signed by this server.
pub fn invalid_token() -> Error {
    Error::unauthenticated("invalid_token", "This is not an access token of ours. Log in again and send the access_token unchanged.")
}

/// The token's time is over.
pub fn token_expired() -> Error {
    Error::unauthenticated("token_expired", "Your access token has expired. Log in again for a new one.")
}

/// The password was changed after the token was issued.
pub fn token_outdated() -> Error {
    Error::unauthenticated("token_expired", "The password was changed after this token was issued. Log in again for a new one.")
}
