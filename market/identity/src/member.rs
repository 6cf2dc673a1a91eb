//! Members: accounts of people. Their belongings are those of their team.

use crate::actor::Role;
use kernel::id::{MemberId, TeamId};
use kernel::text::Check;
use kernel::{Result, Time};
use platform::mail;
use platform::password;
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
pub(crate) mod closing;
pub(crate) mod login;
pub(crate) mod store;
pub use actions::end_unverified;
pub(crate) use actions::{by_email, make_way, verify};
pub use actions::{promote, rename, show, sign_up, verify_email};
pub use closing::sweep;
pub use login::change_password;
pub(crate) use login::{by_password, in_person};

/// A member, without the password's hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its id.
    pub id: MemberId,
    /// The email address, in lower case and unique.
    pub email: String,
    /// The public name.
    pub name: String,
    /// The role on the server.
    pub role: Role,
    /// Their personal team.
    pub team_id: TeamId,
    /// The time at which the email address was verified.
    pub verified_at: Option<Time>,
    /// The number of password changes. Tokens and sessions carry it and end when it changes.
    pub epoch: i64,
    /// When they signed up.
    pub created_at: Time,
}

/// Input for a sign-up.
#[derive(Clone, Serialize, Deserialize)]
pub struct Draft {
    /// An email address.
    pub email: String,
    /// In plain text, as typed.
    pub password: String,
    /// 1 to 80 characters.
    pub name: String,
}

impl Draft {
    /// Returns the tidied form, or an error with every field that is wrong.
    pub fn check(&self) -> Result<Draft> {
        let mut check = Check::new();
        let email = mail::address(&self.email);
        if email.is_none() {
            check.wrong("email", "Enter an email address, such as ada@example.com.");
        }
        password::check(&mut check, "password", &self.password, &self.email);
        let name = checked_name(&mut check, &self.name);
        check.done()?;
        Ok(Draft { email: email.unwrap_or_default(), password: self.password.clone(), name })
    }
}

/// Prints neither the password nor the email address, because drafts may end up in logs.
impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft").field("name", &self.name).finish_non_exhaustive()
    }
}

fn checked_name(check: &mut Check, name: &str) -> String {
    check.line("name", name, 1..=80)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(email: &str, password: &str, name: &str) -> Draft {
        Draft { email: email.into(), password: password.into(), name: name.into() }
    }

    #[test]
    fn drafts_are_tidied() {
        let tidy = draft(" Ada@Example.com", " long enough ", " Ada ").check().expect("a good draft");
        assert_eq!((tidy.email.as_str(), tidy.password.as_str(), tidy.name.as_str()), ("ada@example.com", " long enough ", "Ada"));
    }

    #[test]
    fn every_wrong_field_is_named() {
        let error = draft("ada", "short", "a\nb").check().expect_err("all wrong");
        assert_eq!(error.fields.iter().map(|f| f.name.as_ref()).collect::<Vec<_>>(), ["email", "password", "name"]);
        assert!(!format!("{:?}", draft("ada@example.com", "secret", "Ada")).contains("secret"));
    }
}
