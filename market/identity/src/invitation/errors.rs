//! Refusals about invitations.

use super::{LETTERS_MAX, LETTERS_WINDOW, LETTERS_WITHIN};
use kernel::{Error, Kind};

/// The address has an invitation that can still be accepted.
pub fn already_invited() -> Error {
    Error::conflict("already_invited", "This address has an invitation to the team already. Send that one again, or take it back first.")
}

/// The invitation was accepted, taken back, or has lapsed.
pub fn invitation_over() -> Error {
    Error::conflict("invitation_over", "This invitation has ended. Send a new one.")
}

/// The link is wrong, used, replaced by a newer letter's, taken back or too old; all have the same remedy.
pub fn invitation_invalid() -> Error {
    Error::invalid(
        "invitation_invalid",
        "This link is invalid or has expired. Use the link in the newest email, or ask the team for another invitation.",
    )
}

/// The invitation was sent to another account's address.
pub fn other_account() -> Error {
    Error::forbidden(
        "other_account",
        "This invitation was sent to another email address than your account's. Sign in with the account that has that address.",
    )
}

/// The invitation was sent as often as it can be.
pub fn letters_used_up() -> Error {
    Error::conflict(
        "letters_used_up",
        format!("This invitation was sent {LETTERS_MAX} times, the most there can be. Take it back and send a new one."),
    )
}

/// The member had too many letters sent lately.
pub fn too_many_letters() -> Error {
    let message = format!("{LETTERS_WITHIN} invitations were sent within the hour. Send more an hour after the first of them.");
    Error::new(Kind::TooMany, "too_many_letters", message).with("retry_after", LETTERS_WINDOW.seconds_up())
}
