//! Refusals about teams.

use super::TEAMS_MAX;
use kernel::Error;

/// The person is in as many teams as one can be in.
pub fn too_many_teams() -> Error {
    Error::conflict("too_many_teams", format!("You are in {TEAMS_MAX} teams, the most there can be. Leave one that you don't need."))
}

/// A key was sent together with a team.
pub fn key_has_a_team() -> Error {
    Error::invalid("key_has_a_team", "An API key acts for the team it was made in. Leave X-Team-Id out, or use a key of the other team.")
}
