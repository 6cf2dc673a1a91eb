//! Links that are mailed to members: to verify an address, to replace a password, to confirm another address, to undo a second
//! factor, to keep an account. Each has a secret that works once, and a newer link of the same purpose invalidates it.

mod actions;
mod store;

pub(crate) use actions::{end, find, make, sweep};
use kernel::id::MemberId;
use kernel::{Time, text_enum};
use serde::Deserialize;
pub(crate) use store::{end_all, good_until, made_since, made_to_since};

text_enum! {
    /// The purpose of a link.
    Purpose {
        /// It verifies the member's address.
        Verification = "verification",
        /// It replaces a forgotten password.
        Reset = "reset",
        /// It confirms another address.
        Address = "address",
        /// It opens an account again that is about to be deleted.
        Restore = "restore",
        /// It turns off a second factor that somebody else turned on.
        Disown = "disown",
    }
}

/// A link that was made.
#[derive(Deserialize)]
pub(crate) struct MailedLink {
    /// The member.
    pub(crate) member_id: MemberId,
    /// The address that it was sent to.
    pub(crate) email: String,
    expires_at: Time,
    ended_at: Option<Time>,
}

impl MailedLink {
    /// Returns true if it was used, or replaced by a newer one.
    pub(crate) fn has_ended(&self) -> bool {
        self.ended_at.is_some()
    }

    /// Returns true if it can still be used.
    pub(crate) fn is_good(&self, now: Time) -> bool {
        !self.has_ended() && self.expires_at > now
    }
}
