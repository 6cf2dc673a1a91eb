//! The refusals of changes of the email address.

use super::WINDOW;
use kernel::{Error, Kind, Time};

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

/// The address can't be changed yet, because the second factor was just turned on.
pub fn address_fixed(until: Time) -> Error {
    let message = "Your second factor was turned on a short while ago, and the mail about it has a link that undoes it. Until that link ends, \
                   after seven days, the address stays.";
    Error::conflict("address_fixed", message).with("until", until.to_string())
}
