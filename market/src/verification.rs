//! Showing that a mail address is one's own, by a link that was sent to it. A link works once; a newer one voids it.

use crate::{Error, Kind, Span};

#[cfg(feature = "db")]
mod commands;
#[cfg(feature = "db")]
mod store;
#[cfg(feature = "db")]
pub use commands::{confirm, resend, start, sweep};

/// How many letters a member may ask for within [`RESEND_WINDOW`], the one of signing up not counted.
pub const RESENDS_MAX: i64 = 5;
/// The window that letters are counted in.
pub const RESEND_WINDOW: Span = Span::hours(1);

/// The link is wrong, used up, replaced or too old; all have the same remedy.
pub fn no_longer_good() -> Error {
    Error::invalid(
        "verification_invalid",
        "This link is not good or not good any more. Log in and ask for a new one, then use the newest letter.",
    )
}

/// There is nothing left to verify.
pub fn already_verified() -> Error {
    Error::conflict("already_verified", "Your mail address is verified already; there is nothing left to do.")
}

/// The member asked for too many letters.
pub fn too_many_letters() -> Error {
    let message = "Five letters were sent within the hour. Look into your spam folder, or ask again an hour after the first of them.";
    Error::new(Kind::TooMany, "too_many_letters", message).with("retry_after", RESEND_WINDOW.seconds_up())
}
