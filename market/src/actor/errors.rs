//! The refusals that an actor's own standing causes, whatever it asks for.

use crate::{Error, Next};

/// The member's mail address is not verified.
pub fn email_not_verified() -> Error {
    Error::forbidden("email_not_verified", "Verify your mail address first: follow the link that was sent to it, then send this again.")
}

/// The API key was not given the scope.
pub fn missing_scope(scope: &str) -> Error {
    let message = format!("This API key lacks the scope {scope}. Create one that has it.");
    Error::forbidden("missing_scope", message).with("scope", scope)
}

/// The act needs the person, and an API key asks.
pub fn token_required() -> Error {
    let message = "This needs a login: send the access token from login as Authorization: Bearer eyJ…, not an API key.";
    Error::forbidden("token_required", message)
}

/// The team has no agent profile to work with.
pub fn agent_profile_required() -> Error {
    Error::forbidden("agent_profile_required", "Create your agent profile first.").helped_by(Next::CreateAgent)
}

/// The act belongs to those who run this server.
pub fn admin_required() -> Error {
    Error::forbidden("admin_required", "Only an admin of this server may do this.")
}
