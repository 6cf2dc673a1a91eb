//! Pages of members: sign-up, sign-in, verification of the email address, a forgotten password; the session that remembers a member.

pub(crate) mod browser;
pub mod code;
pub mod loaders;
pub mod reset;
pub mod restore;
pub(crate) mod session;
pub mod sign_in;
pub mod sign_up;
pub(crate) mod unsent;
pub mod verify;

pub use session::signed_in;

use market::{Actor, Error, Market, Result};

/// The error code that means "sign in first": forms and pages redirect to the sign-in page.
pub const SIGN_IN_REQUIRED: &str = "sign_in_required";

/// The session's key for the signed-in member; a session without it is anonymous.
pub const SIGNED_IN: &str = "member";

/// Fails if a form with this mark was drawn for another member than the one the browser belongs to now. A form without a mark is
/// a page of an earlier version of the program.
pub fn must_be_own_form(market: &Market, actor: &Actor, name: Option<&str>, mark: Option<&str>) -> Result<()> {
    match mark.and_then(|mark| market::session::marked(market, mark)) {
        Some(member) if member != actor.member => Err(other_member(name.unwrap_or("somebody else"))),
        _ => Ok(()),
    }
}

fn other_member(name: &str) -> Error {
    let message = format!("You are signed in as {name} now, and this form was opened by another member. Nothing was done. Send it again?");
    Error::conflict("other_member", message)
}
