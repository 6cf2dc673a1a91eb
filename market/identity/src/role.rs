//! Roles: named sets of scopes that limit a member in a team. An actor may do what its role allows and, where it came
//! with an API key, only as far as the key allows it as well.

use crate::scope;
use kernel::id::RoleId;
use kernel::text::{Check, any_of};
use kernel::{Result, Time};
use serde::{Deserialize, Serialize};
mod actions;
pub mod errors;
pub mod events;
pub(crate) mod store;
pub(crate) use actions::find;
pub use actions::{create, delete, list, must_be_changeable, show, update, uses};

/// The built-in role that may do everything.
pub const OWNER: &str = "role_owner";
/// The built-in role that may do everything but act on owners.
pub const ADMIN: &str = "role_admin";
/// The built-in role that works and moves no money.
pub const DEVELOPER: &str = "role_developer";
/// The built-in role that only reads.
pub const VIEWER: &str = "role_viewer";

/// The most roles of its own that a team can have.
pub const ROLES_MAX: i64 = 20;

/// A role that every team has and that never changes.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    /// Its id, the same in every team.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// The purpose, in a line.
    pub about: &'static str,
    /// The scopes that it allows.
    pub scopes: &'static [&'static str],
}

/// The table of built-in roles, the mightiest first. An owner's `*` is more than all of an admin's scopes together, so an
/// admin can neither make an owner nor act on one.
pub const BUILT_IN: [BuiltIn; 4] = [
    BuiltIn { id: OWNER, name: "Owner", about: "Everything, and who else is an owner", scopes: &["*"] },
    BuiltIn {
        id: ADMIN,
        name: "Admin",
        about: "Everything but acting on owners",
        scopes: &["agents:*", "events:*", "jobs:*", "keys:*", "mandates:*", "members:*", "payouts:write", "roles:*", "teams:*", "wallet:*"],
    },
    BuiltIn {
        id: DEVELOPER,
        name: "Developer",
        about: "Jobs, agents and keys; sees the money and moves none",
        scopes: &["agents:*", "events:*", "jobs:*", "keys:*", "mandates:read", "members:read", "roles:read", "teams:read", "wallet:read"],
    },
    BuiltIn {
        id: VIEWER,
        name: "Viewer",
        about: "Sees everything of the team and changes nothing",
        scopes: &[
            "agents:read",
            "events:read",
            "jobs:read",
            "keys:read",
            "mandates:read",
            "members:read",
            "roles:read",
            "teams:read",
            "wallet:read",
        ],
    },
];

/// The built-in role with this id.
pub fn built_in(id: &str) -> Option<&'static BuiltIn> {
    BUILT_IN.iter().find(|role| role.id == id)
}

/// A role as its team sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// Its id.
    pub id: RoleId,
    /// The name.
    pub name: String,
    /// The purpose, in a line; empty for a team's own role.
    pub about: String,
    /// The scopes that it allows.
    pub scopes: Vec<String>,
    /// True if every team has it, unchangeably.
    pub built_in: bool,
    /// When the team made it; none for a built-in one.
    pub created_at: Option<Time>,
}

impl From<&BuiltIn> for Role {
    fn from(role: &BuiltIn) -> Self {
        let scopes = role.scopes.iter().map(|&scope| scope.to_owned()).collect();
        Self { id: role.id.into(), name: role.name.into(), about: role.about.into(), scopes, built_in: true, created_at: None }
    }
}

/// The holders of a role. While there are any, the role can't be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uses {
    /// The number of members who have it.
    pub members: i64,
    /// The number of pending invitations that offer it.
    pub invitations: i64,
}

impl Uses {
    /// Returns true if the role is held or offered.
    pub fn any(&self) -> bool {
        self.members + self.invitations > 0
    }
}

/// A new role of a team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// 1 to 60 characters that no other role of the team is called.
    pub name: String,
    /// At least one; see [`scope::is_of_roles`].
    pub scopes: Vec<String>,
}

/// A change of a role; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// 1 to 60 characters that no other role of the team is called.
    pub name: Option<String>,
    /// All of them anew.
    pub scopes: Option<Vec<String>>,
}

impl Draft {
    /// The draft, tidied; or every field that is wrong.
    pub fn check(&self) -> Result<Draft> {
        let mut check = Check::new();
        let name = check.line("name", &self.name, 1..=60);
        let scopes = checked_scopes(&mut check, &self.scopes);
        check.done()?;
        Ok(Draft { name, scopes })
    }
}

/// Sorted, none twice. A scope that another one of them covers is left as it was given.
fn checked_scopes(check: &mut Check, scopes: &[String]) -> Vec<String> {
    const FIELD: &str = "scopes";
    if scopes.is_empty() {
        check.wrong(FIELD, "A role allows something: choose at least one.");
        return Vec::new();
    }
    if scopes.len() > scope::SCOPES.len() {
        check.wrong(FIELD, format!("There are {}; give {} at most.", scopes.len(), scope::SCOPES.len()));
        return Vec::new();
    }
    let mut scopes: Vec<_> = scopes.iter().map(|scope| scope.trim().to_lowercase()).collect();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.iter().any(|scope| !scope::is_of_roles(scope)) {
        let known = scope::SCOPES.into_iter().filter(|scope| scope::is_of_roles(scope));
        check.wrong(FIELD, format!("Each must be one of {}.", any_of(known)));
    }
    scopes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_built_in_role_is_less_than_the_one_before() {
        for pair in BUILT_IN.windows(2) {
            let [above, below] = pair else { continue };
            assert_eq!(scope::lacking(above.scopes, below.scopes), None, "{} over {}", above.id, below.id);
            assert!(scope::lacking(below.scopes, above.scopes).is_some(), "{} is less than {}", below.id, above.id);
        }
    }

    #[test]
    fn a_viewer_changes_nothing_and_a_developer_moves_no_money() {
        let may = |id: &str, scope: &str| built_in(id).is_some_and(|role| scope::allow(role.scopes, scope));
        for (scope, _) in scope::PERMISSIONS {
            assert_eq!(may(VIEWER, scope), scope.ends_with(":read"), "{scope}");
            assert!(may(ADMIN, scope) && may(OWNER, scope), "{scope}");
        }
        assert!(may(DEVELOPER, "jobs:write") && may(DEVELOPER, "wallet:read"));
        assert!(
            !may(DEVELOPER, "wallet:write")
                && !may(DEVELOPER, "payouts:write")
                && !may(DEVELOPER, "members:write")
                && !may(DEVELOPER, "roles:write")
        );
    }

    #[test]
    fn a_role_is_made_of_the_teams_scopes() {
        let draft = |scopes: &[&str]| Draft { name: " Reader ".into(), scopes: scopes.iter().map(|&scope| scope.into()).collect() };
        let tidy = draft(&["Wallet:read", "jobs:read", "wallet:read"]).check().expect("a good role");
        assert_eq!((tidy.name.as_str(), tidy.scopes), ("Reader", vec!["jobs:read".to_owned(), "wallet:read".to_owned()]));
        for scopes in [&[][..], &["*"], &["system:read"], &["users:write"], &["jobs:steal"]] {
            let error = draft(scopes).check().expect_err("refused");
            assert_eq!(error.fields.iter().map(|field| field.name.as_ref()).collect::<Vec<_>>(), ["scopes"], "{scopes:?}");
        }
    }
}
