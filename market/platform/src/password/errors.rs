//! The refusal of a password while others are being checked.

use kernel::{Error, Kind};

/// Too many passwords are being checked or wait for it.
pub fn busy_logging_in() -> Error {
    let message = "Too many people are logging in at this moment. Wait a few seconds, then send this again.";
    Error::new(Kind::TooMany, "busy_logging_in", message).with("retry_after", 2)
}
