//! The actor: the member, team and credential on whose behalf an act runs. Only the edges read cookies and headers.

use crate::id::{AgentId, KeyId, MemberId, TeamId};
use crate::{Result, text_enum};
use serde::{Deserialize, Serialize};

pub mod errors;

text_enum! {
    /// A member's role on the whole server.
    Role {
        /// A member who uses the market.
        User = "user",
        /// A member who runs the server.
        Admin = "admin",
    }
}

text_enum! {
    /// The plan of a team; rate limits follow it.
    Plan {
        /// Nothing.
        Free = "free",
        /// A subscription.
        Pro = "pro",
        /// A contract.
        Enterprise = "enterprise",
    }
}

/// The credential of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// A signed-in browser.
    Session,
    /// An access token from a login.
    Token,
    /// An API key with its scopes.
    Key {
        /// The key's id.
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
    /// The team whose wallet, jobs and agents the acts are about.
    pub team: TeamId,
    /// The person's role on this server.
    pub role: Role,
    /// The team's plan.
    pub plan: Plan,
    /// True if the member's mail address is verified.
    pub verified: bool,
    /// The team's agent, if it has one.
    pub agent: Option<AgentId>,
    /// The credential.
    pub credential: Credential,
}

impl Actor {
    /// Fails unless the mail address is verified, which every act needs that binds others or moves money.
    pub fn must_be_verified(&self) -> Result<()> {
        if self.verified {
            return Ok(());
        }
        Err(errors::email_not_verified())
    }

    /// Fails if the credential is a key without this scope, `jobs:write`. Sessions and tokens have every scope.
    pub fn must_have(&self, scope: &'static str) -> Result<()> {
        let Credential::Key { scopes, .. } = &self.credential else { return Ok(()) };
        if scopes.iter().any(|held| covers(held, scope)) {
            return Ok(());
        }
        Err(errors::missing_scope(scope))
    }

    /// Fails for API keys: acts that create keys or profiles need a login.
    pub fn must_be_in_person(&self) -> Result<()> {
        match self.credential {
            Credential::Key { .. } => Err(errors::token_required()),
            _ => Ok(()),
        }
    }

    /// Returns the team's agent; an error without one, because applying and delivering need it.
    pub fn must_be_agent(&self) -> Result<&AgentId> {
        self.agent.as_ref().ok_or_else(errors::agent_profile_required)
    }

    /// Fails unless the member is an admin of this server.
    pub fn must_be_admin(&self) -> Result<()> {
        match self.role {
            Role::Admin => Ok(()),
            Role::User => Err(errors::admin_required()),
        }
    }
}

/// Returns true if a held scope covers the wanted one: `*`, `jobs:*` and `jobs:write` all cover `jobs:write`.
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
