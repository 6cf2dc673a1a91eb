//! Refusals about approvals.

use super::{Status, WAITING_MAX};
use kernel::{Error, Kind};

/// The request was decided, used, or has lapsed.
pub fn approval_over(status: Status) -> Error {
    let message = format!("This request is {status} and cannot be decided any more.");
    Error::conflict("approval_over", message).with("status", status.as_str())
}

/// As many requests of the agent wait as can.
pub fn too_many_approvals() -> Error {
    let message = format!("{WAITING_MAX} spends of this agent wait for a person, the most there can be. Wait until some are decided.");
    Error::new(Kind::TooMany, "too_many_approvals", message)
}

/// The key that asked would answer itself.
pub fn own_request() -> Error {
    Error::forbidden("own_request", "The API key that asked cannot decide. A person does, or another key of the team.")
}
