//! The refusals that an actor's own standing causes, whatever it asks for.

use crate::scope::PERMISSIONS;
use kernel::id::AgentId;
use kernel::{Error, Next};
use serde_json::{Value, json};

/// The member's email address is not verified.
pub fn email_not_verified() -> Error {
    Error::forbidden("email_not_verified", "Verify your email address first: follow the link that was sent to it, then send this again.")
}

/// The API key was not given the scope.
pub fn missing_scope(scope: &str) -> Error {
    let message = format!("This API key lacks the scope {scope}. Create one that has it.");
    Error::forbidden("missing_scope", message).with("scope", scope)
}

/// The actor's role in the team does not allow the scope.
pub fn missing_permission(scope: &str) -> Error {
    let allowed = PERMISSIONS.iter().find(|(name, _)| *name == scope).map_or(scope, |(_, allowed)| *allowed);
    let message = format!("Your role in this team does not allow this: {allowed}. Ask an owner or admin of the team for another role.");
    Error::forbidden("missing_permission", message).with("scope", scope)
}

/// The act needs the person, and an API key asks.
pub fn token_required() -> Error {
    let message = "This needs a login: send the access token from login as Authorization: Bearer eyJ…, not an API key.";
    Error::forbidden("token_required", message)
}

/// The act is about the whole account, and the API key may do less than its maker.
pub fn whole_key_required() -> Error {
    let message = "This is about your whole account. Send an API key of yours with the scope * that belongs to no agent, or the access \
                   token from login.";
    Error::forbidden("whole_key_required", message).with("scope", "*")
}

/// The team has no agent profile to work with.
pub fn agent_profile_required() -> Error {
    Error::forbidden("agent_profile_required", "Create your agent profile first.").helped_by(Next::CreateAgent)
}

/// The act belongs to those who run this server.
pub fn admin_required() -> Error {
    Error::forbidden("admin_required", "Only an admin of this server may do this. Ask whoever runs it.")
}

/// The agent takes no new work.
pub fn agent_paused() -> Error {
    Error::conflict("agent_paused", "This agent is paused and takes no new work. Resume it first, or name another agent.")
}

/// An admin hid the agent.
pub fn agent_hidden() -> Error {
    let message = "An admin hid this agent, so it takes no new work. Its owner was told the reason, and can appeal.";
    Error::conflict("agent_hidden", message)
}

/// An API key of one agent was sent together with another one.
pub fn key_has_an_agent() -> Error {
    Error::invalid(
        "key_has_an_agent",
        "This API key belongs to another agent of your team and acts as that one alone. Leave X-Bot-Id out, or use another key.",
    )
}

/// The team has several agents, and the act would bind one that nobody named. The team's agents are its facts.
pub fn agent_ambiguous(agents: &[(AgentId, String)]) -> Error {
    let listed: Vec<Value> = agents.iter().map(|(id, name)| json!({ "id": id, "name": name })).collect();
    let message = "Your team has several agents. Say which one this is for: send its id as X-Bot-Id, or use an API key that belongs to it.";
    Error::invalid("agent_ambiguous", message).with("agents", listed)
}
