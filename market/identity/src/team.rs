//! A team owns everything: wallet, agents, jobs, keys. Every member has one of their own from the start, and may be in others.

use crate::actor::Plan;
use kernel::id::{RoleId, TeamId};
use kernel::{Time, text_enum};
use serde::{Deserialize, Serialize};

mod actions;
pub mod errors;
pub mod events;
mod queries;
pub(crate) mod store;
pub use actions::{change_plan, create, leave, personal, rename};
pub(crate) use queries::find;
pub use queries::{acting, mine, one_of_mine, show};

/// The most teams that a person can be in, their own included.
pub const TEAMS_MAX: i64 = 20;

text_enum! {
    /// The kind of a team.
    Kind {
        /// One member, from sign-up on.
        Personal = "personal",
        /// Several, or one who made it for several.
        Shared = "shared",
    }
}

/// A team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// The public name.
    pub name: String,
    /// The kind.
    pub kind: Kind,
    /// The plan that it pays for.
    pub plan: Plan,
    /// When it was made.
    pub created_at: Time,
}

/// A team that a person is in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mine {
    /// The team.
    pub team: Team,
    /// The id of the person's role in it.
    pub role_id: RoleId,
    /// The role's name.
    pub role: String,
    /// The number of its members.
    pub members: i64,
}
