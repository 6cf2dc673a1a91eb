//! Invitations: a letter with a link asks somebody into a team, in a role. The link works once, for seven days, for the
//! account that has the email address it was sent to; of its secret only the SHA-256 is kept.

use kernel::id::{InvitationId, MemberId, RoleId};
use kernel::text::Check;
use kernel::{Duration, Result, Time, text_enum};
use platform::mail;
use serde::{Deserialize, Serialize};
mod actions;
pub mod errors;
pub mod events;
mod joining;
mod store;
pub use actions::TIMERS;
pub(crate) use actions::revoke_all_of;
pub use actions::{change_role, change_roles, list, resend, revoke, send, sweep};
pub use joining::{accept, preview};

/// The life of a link after its letter was sent.
pub const LIFE: Duration = Duration::days(7);
/// The most letters of one invitation, the first one counted.
pub const LETTERS_MAX: i64 = 5;
/// The most invitation letters of one member within [`LETTERS_WINDOW`].
pub const LETTERS_WITHIN: i64 = 20;
/// The window that letters are counted in.
pub const LETTERS_WINDOW: Duration = Duration::hours(1);
/// The time for which an invitation is kept after its end.
pub const KEPT: Duration = Duration::days(30);
/// The kind of the timer that ends an invitation nobody accepted.
pub const LAPSE: &str = "invitation.lapse";

text_enum! {
    /// The state of an invitation.
    Status {
        /// Its link can be followed.
        Pending = "pending",
        /// Somebody joined by it.
        Accepted = "accepted",
        /// The team took it back.
        Revoked = "revoked",
        /// Its week passed without an acceptance.
        Lapsed = "lapsed",
    }
}

/// An invitation as the inviting team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Its id; not the secret of its link.
    pub id: InvitationId,
    /// The email address that the link is sent to.
    pub email: String,
    /// The id of the offered role.
    pub role_id: RoleId,
    /// The role's name.
    pub role: String,
    /// The member who sent the last letter.
    pub invited_by: MemberId,
    /// Their name.
    pub inviter: String,
    /// The state.
    pub status: Status,
    /// When it was made.
    pub created_at: Time,
    /// When the last letter was sent.
    pub sent_at: Time,
    /// When the link stops working.
    pub expires_at: Time,
}

/// A new invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// An email address.
    pub email: String,
    /// A role of the team.
    pub role_id: String,
}

impl Draft {
    /// The draft, tidied; or every field that is wrong.
    pub fn check(&self) -> Result<(String, RoleId)> {
        let mut check = Check::new();
        let email = mail::address(&self.email);
        if email.is_none() {
            check.wrong("email", "Enter an email address, such as ada@example.com.");
        }
        if self.role_id.trim().is_empty() {
            check.wrong("role_id", "It is required: the id of a role, role_developer for example.");
        }
        check.done()?;
        Ok((email.unwrap_or_default(), self.role_id.trim().into()))
    }
}

/// An invitation as its link shows it, before it is accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preview {
    /// The team's name.
    pub team: String,
    /// The role's name.
    pub role: String,
    /// The name of the member who sent it.
    pub inviter: String,
    /// When the link stops working.
    pub expires_at: Time,
    /// True if it was sent to the viewer's account; none for a viewer who is not signed in.
    pub is_yours: Option<bool>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named() {
        let draft = |email: &str, role: &str| Draft { email: email.into(), role_id: role.into() };
        assert_eq!(draft(" Ada@Example.com", "role_viewer").check(), Ok(("ada@example.com".into(), "role_viewer".into())));
        let error = draft("ada", " ").check().expect_err("both wrong");
        assert_eq!(error.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(), ["email", "role_id"]);
    }
}
