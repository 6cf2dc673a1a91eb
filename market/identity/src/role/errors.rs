//! Refusals about roles.

use super::ROLES_MAX;
use kernel::Error;

/// A built-in role was to be changed or deleted.
pub fn built_in_role() -> Error {
    Error::conflict("built_in_role", "This role is built in and never changes. Make a role of your own with the scopes you need.")
}

/// Members have the role, or invitations offer it.
pub fn role_in_use() -> Error {
    Error::conflict("role_in_use", "Members have this role, or invitations offer it. Give them another one first.")
}

/// The team has a role of this name, in whatever case.
pub fn role_exists() -> Error {
    Error::conflict("role_exists", "Your team has a role of this name. Choose another name, or change that role.")
}

/// The team has as many roles of its own as it can have.
pub fn too_many_roles() -> Error {
    Error::conflict(
        "too_many_roles",
        format!("Your team has {ROLES_MAX} roles of its own, the most there can be. Delete one that nobody has."),
    )
}

/// The role allows something that the actor may not do.
pub fn above_you(scope: &str) -> Error {
    let message = format!("You can only give what you have, and act on those who may do no more than you: you lack {scope}.");
    Error::forbidden("role_above_yours", message).with("scope", scope)
}
