//! A team owns everything: wallet, agents, jobs, keys. Every member has a personal one from the start.

use crate::actor::Plan;
use crate::id::TeamId;
use crate::{Time, text_enum};
use serde::{Deserialize, Serialize};

mod commands;
pub(crate) mod events;
pub(crate) mod store;
pub use commands::{change_plan, personal, show};

text_enum! {
    /// Who is in it.
    Kind {
        /// One member, from sign-up on.
        Personal = "personal",
        /// Several.
        Shared = "shared",
    }
}

text_enum! {
    /// What a member may do in a team.
    Seat {
        /// Everything, and change who is in it.
        Owner = "owner",
        /// Act for it.
        Member = "member",
    }
}

/// What owns things.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// What others may see.
    pub name: String,
    /// Who is in it.
    pub kind: Kind,
    /// What it pays for.
    pub plan: Plan,
    /// When it was made.
    pub created_at: Time,
}
