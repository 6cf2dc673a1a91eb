//! The refusals of profiles.

use kernel::{Error, Kind};

/// The code of [`profile_suspended`].
pub const PROFILE_SUSPENDED: &str = "profile_suspended";

/// Each member of the team is suspended: the profile tells nothing else.
pub fn profile_suspended() -> Error {
    Error::new(Kind::NotFound, PROFILE_SUSPENDED, "This account is suspended. Its profile is not shown, and it takes no work.")
}
