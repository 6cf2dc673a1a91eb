//! The refusals of changes of the email address.

use super::WINDOW;
use kernel::{Error, Kind};

/// Returns the error for a wrong, used, replaced or expired link; all have the same remedy.
pub fn address_link_invalid() -> Error {
    Error::invalid(
        "address_link_invalid",
        "This link is invalid or has expired. Ask for the change again, and use the link in the newest email.",
    )
}

/// Returns the error for too many requested changes.
pub fn too_many_changes() -> Error {
    let message = "Five emails were sent within the hour. Look into the spam folder of the new address, or ask again later.";
    Error::new(Kind::TooMany, "too_many_letters", message).with("retry_after", WINDOW.seconds_up())
}
