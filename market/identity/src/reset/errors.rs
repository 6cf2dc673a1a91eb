//! The refusals of password resets.

use kernel::Error;

/// Returns the error for a wrong, used, replaced or expired link; all have the same remedy.
pub fn reset_invalid() -> Error {
    Error::invalid("reset_invalid", "This link is invalid or has expired. Ask for a new one, and use the link in the newest email.")
}
