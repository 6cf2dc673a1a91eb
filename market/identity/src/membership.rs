//! Memberships: who belongs to a team, in which role. A person's team of their own, made when they signed up, is their home:
//! they own it for good, so that there is always a team to fall back to.

use kernel::Time;
use kernel::id::{MemberId, RoleId};
use serde::{Deserialize, Serialize};
mod actions;
pub mod errors;
pub mod events;
pub(crate) mod store;
pub use actions::{change_role, change_roles, list, remove};
pub(crate) use actions::{leave, lock};

/// The most members that a team can have.
pub const MEMBERS_MAX: i64 = 200;

/// A member of a team, as the team sees them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TeamMember {
    /// Their account.
    pub member_id: MemberId,
    /// The public name.
    pub name: String,
    /// Their email address.
    pub email: String,
    /// The id of their role.
    pub role_id: RoleId,
    /// The role's name.
    pub role: String,
    /// When they joined.
    pub joined_at: Time,
    /// True if the member signed up with this team, which they own for good.
    pub is_home: bool,
}
