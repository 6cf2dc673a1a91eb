//! The refusals of email addresses' verification.

use super::RESEND_WINDOW;
use kernel::{Error, Kind};

/// Returns the error for a wrong, used, replaced or expired link; all have the same remedy.
pub fn verification_invalid() -> Error {
    Error::invalid(
        "verification_invalid",
        "This link is invalid or has expired. Sign in and ask for a new one, then use the link in the newest email.",
    )
}

/// Returns the error for an address that is verified already.
pub fn already_verified() -> Error {
    Error::conflict("already_verified", "Your email address is verified already; there is nothing left to do.")
}

/// Returns the error for too many requested mails.
pub fn too_many_emails() -> Error {
    let message = "Five emails were sent within the hour. Look into your spam folder, or ask again an hour after the first of them.";
    Error::new(Kind::TooMany, "too_many_letters", message).with("retry_after", RESEND_WINDOW.seconds_up())
}
