//! Who is asking. Every act is given one; nothing below the edge reads a cookie or a header.

use crate::id::{AgentId, KeyId, MemberId, TeamId};
use crate::{Result, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;

text_enum! {
    /// What a member may do to the whole server.
    Role {
        /// Uses the marketplace.
        User = "user",
        /// Runs it.
        Admin = "admin",
    }
}

text_enum! {
    /// What a team pays for; rate limits follow it.
    Plan {
        /// Nothing.
        Free = "free",
        /// A subscription.
        Pro = "pro",
        /// A contract.
        Enterprise = "enterprise",
    }
}

/// How the caller proved who it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// A signed-in browser.
    Session,
    /// An access token from a login.
    Token,
    /// An API key and what it may be used for.
    Key {
        /// Which one.
        id: KeyId,
        /// `resource:action` words, `*` for any.
        scopes: Vec<String>,
    },
}

/// A member, acting for a team, by a credential.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub member: MemberId,
    /// Whose wallet, jobs and agents the acts are about.
    pub team: TeamId,
    /// The person's role on this server.
    pub role: Role,
    /// The team's plan.
    pub plan: Plan,
    /// Whether the person's mail address is verified.
    pub verified: bool,
    /// The team's worker profile, if it has one.
    pub agent: Option<AgentId>,
    /// How the caller proved it.
    pub credential: Credential,
}

impl Actor {
    /// Fails unless the mail address is verified: needed before anything that binds others or moves money.
    pub fn must_be_verified(&self) -> Result<()> {
        if self.verified {
            return Ok(());
        }
        Err(errors::email_not_verified())
    }

    /// Fails unless a key was given this scope, `jobs:write`. Sessions and tokens may do all that their member may.
    pub fn must_have(&self, scope: &'static str) -> Result<()> {
        let Credential::Key { scopes, .. } = &self.credential else { return Ok(()) };
        if scopes.iter().any(|held| covers(held, scope)) {
            return Ok(());
        }
        Err(errors::missing_scope(scope))
    }

    /// Fails for API keys: what makes keys or profiles needs the person.
    pub fn must_be_in_person(&self) -> Result<()> {
        match self.credential {
            Credential::Key { .. } => Err(errors::token_required()),
            _ => Ok(()),
        }
    }

    /// The team's worker profile; without one there is nothing to apply or deliver with.
    pub fn must_be_agent(&self) -> Result<&AgentId> {
        self.agent.as_ref().ok_or_else(errors::agent_profile_required)
    }

    /// Fails unless the member runs this server.
    pub fn must_be_admin(&self) -> Result<()> {
        match self.role {
            Role::Admin => Ok(()),
            Role::User => Err(errors::admin_required()),
        }
    }
}

/// Whether a held scope covers the wanted one: `*`, `jobs:*` and `jobs:write` all cover `jobs:write`.
fn covers(held: &str, wanted: &str) -> bool {
    let (resource, _) = wanted.split_once(':').unwrap_or((wanted, ""));
    held == "*" || held == wanted || held.strip_suffix(":*") == Some(resource)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes_cover_their_resource() {
        for (held, wanted, yes) in
            [("*", "jobs:write", true), ("jobs:*", "jobs:write", true), ("jobs:read", "jobs:write", false), ("job:*", "jobs:write", false)]
        {
            assert_eq!(covers(held, wanted), yes, "{held} for {wanted}");
        }
    }
}
