//! The pages of a team's roles: what each of them allows, and the roles of the team's own.

pub mod actions;
pub mod edit;
pub mod fields;
pub mod loaders;
pub mod matrix;
pub mod words;

use market::id::RoleId;

/// The address of the page on which a role is made.
pub const NEW: &str = "/team/roles/new";

/// Returns the address of a role's page.
pub fn address(id: &RoleId) -> String {
    format!("/team/roles/{id}")
}
