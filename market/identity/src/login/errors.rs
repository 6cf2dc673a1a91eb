//! The refusal of a login whose account had too many wrong passwords.

use super::WINDOW;
use kernel::{Error, Kind};

/// Too many wrong passwords were tried for the account, and nobody has logged in from this network before.
pub fn too_many_wrong_passwords() -> Error {
    let message = "Too many wrong passwords were tried for this account. Log in from where you did before, set a new password by mail, or try again in an hour.";
    Error::new(Kind::TooMany, "too_many_wrong_passwords", message).with("retry_after", WINDOW.seconds_up())
}
