//! The actor: the member, team and credential on whose behalf an act runs. Only the edges read cookies and headers.

use crate::{role, scope};
use kernel::id::{AgentId, KeyId, MemberId, RoleId, TeamId};
use kernel::{Error, Result, text_enum};
use serde::{Deserialize, Serialize};

mod acting;
pub mod errors;
mod passes;
mod store;
pub use acting::acting_agent;
pub(crate) use acting::{agent_of, agent_with_name, ambiguous};
pub use acting::{binding_agent, own_agent};
pub use passes::standing_of;

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

/// The way in which an actor's agent was chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum AgentChoice {
    /// The team has this one alone, or none.
    Only,
    /// The team has several and none was named: its default is a guess.
    Guess,
    /// The request named it.
    Named,
    /// It is the agent that the API key belongs to.
    Key,
}

/// The credential of the caller.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Actor {
    /// The person.
    pub member: MemberId,
    /// The team whose wallet, jobs and agents the acts are about.
    pub team: TeamId,
    /// The person's role on this server.
    pub role: Role,
    /// The person's role in the team.
    pub team_role: RoleId,
    /// The scopes of that role.
    pub team_scopes: Vec<String>,
    /// The team's plan.
    pub plan: Plan,
    /// True if the member's email address is verified.
    pub verified: bool,
    /// The acting agent: the one that was named, or the team's only one, or its default; none if the team has none.
    pub agent: Option<AgentId>,
    /// The way in which that one was chosen.
    pub agent_choice: AgentChoice,
    /// The credential.
    pub credential: Credential,
}

impl Actor {
    /// Fails unless the email address is verified, which every act needs that binds others or moves money.
    pub fn must_be_verified(&self) -> Result<()> {
        if self.verified {
            return Ok(());
        }
        Err(errors::email_not_verified())
    }

    /// Fails unless the actor's role in the team allows the scope, `jobs:write`, and the API key does as well, if the actor
    /// came with one. Scopes about the person or the server are no team's, and no role limits them.
    pub fn must_have(&self, scope: &'static str) -> Result<()> {
        if !scope::is_of_no_team(scope) && !scope::allow(&self.team_scopes, scope) {
            return Err(errors::missing_permission(scope));
        }
        self.key_must_have(scope)
    }

    /// Fails unless the API key allows the scope. A session or a token allows all that its member may do.
    pub(crate) fn key_must_have(&self, scope: &'static str) -> Result<()> {
        match self.key_scopes() {
            Some(scopes) if !scope::allow(scopes, scope) => Err(errors::missing_scope(scope)),
            _ => Ok(()),
        }
    }

    /// Returns true if [`Actor::must_have`] would pass: pages draw no button for an act that would be refused.
    pub fn may(&self, scope: &'static str) -> bool {
        self.must_have(scope).is_ok()
    }

    /// Fails unless the actor may do all of this themselves: nobody gives, or acts on, more than they have.
    pub fn must_cover(&self, scopes: &[String]) -> Result<()> {
        let by_role = scope::lacking(&self.team_scopes, scopes);
        match by_role.or_else(|| self.key_scopes().and_then(|held| scope::lacking(held, scopes))) {
            Some(lacking) => Err(role::errors::above_you(lacking)),
            None => Ok(()),
        }
    }

    fn key_scopes(&self) -> Option<&[String]> {
        match &self.credential {
            Credential::Key { scopes, .. } => Some(scopes),
            _ => None,
        }
    }

    /// Fails for API keys: acts that create keys or profiles need a login.
    pub fn must_be_in_person(&self) -> Result<()> {
        match self.credential {
            Credential::Key { .. } => Err(errors::token_required()),
            _ => Ok(()),
        }
    }

    /// Fails for an API key that may do less than its maker: acts on the whole account need a login, or a key with the scope `*`.
    pub fn must_be_whole(&self) -> Result<()> {
        let lacks = self.key_scopes().is_some_and(|scopes| scope::lacking(scopes, &["*"]).is_some());
        if lacks || self.agent_choice == AgentChoice::Key { Err(errors::whole_key_required()) } else { Ok(()) }
    }

    /// Returns the acting agent; an error without one, because applying and delivering need it.
    pub fn must_be_agent(&self) -> Result<&AgentId> {
        self.agent.as_ref().ok_or_else(errors::agent_profile_required)
    }

    /// Returns true if the actor can act as this agent of its team: that one was named, or none was. One that is retired finishes its work
    /// by whoever names no other.
    pub fn can_be(&self, agent: &AgentId) -> bool {
        matches!(self.agent_choice, AgentChoice::Guess | AgentChoice::Only) || self.agent.as_ref() == Some(agent)
    }

    /// Fails unless an admin of this server acts in person: for everybody else its pages and acts don't exist.
    pub fn must_run_the_server(&self) -> Result<()> {
        if self.role == Role::Admin && self.must_be_in_person().is_ok() { Ok(()) } else { Err(Error::not_found("page")) }
    }

    /// Fails unless the member is an admin of this server.
    pub fn must_be_admin(&self) -> Result<()> {
        match self.role {
            Role::Admin => Ok(()),
            Role::User => Err(errors::admin_required()),
        }
    }
}
