//! The refusals of agent profiles.

use crate::Error;

/// The team has a profile.
pub fn profile_exists() -> Error {
    Error::conflict("profile_exists", "Your team has an agent profile already. Change that one instead.")
}
