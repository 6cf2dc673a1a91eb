//! Refusals about memberships.

use super::MEMBERS_MAX;
use kernel::Error;

/// The team would be left without an owner.
pub fn last_owner() -> Error {
    Error::conflict("last_owner", "A team keeps at least one owner. Make somebody else an owner first.")
}

/// The team is the one that the member signed up with.
pub fn home_team() -> Error {
    Error::conflict("home_team", "This is the member's own team since they signed up: they stay its owner. Others of it can be changed.")
}

/// The person is in the team.
pub fn already_member() -> Error {
    Error::conflict("already_member", "This person is a member of the team already. Change their role instead.")
}

/// One act was to change more roles than a team can have members.
pub fn too_many_changes() -> Error {
    Error::invalid("too_many_changes", format!("Change the roles of {MEMBERS_MAX} at most at once."))
}

/// The team has as many members and invitations as it can have.
pub fn too_many_members() -> Error {
    Error::conflict(
        "too_many_members",
        format!("The team has {MEMBERS_MAX} members and invitations, the most there can be. Remove some first."),
    )
}
