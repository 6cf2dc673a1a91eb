//! The refusals of deliveries.

use super::TESTS_MAX;
use kernel::{Error, Kind};

/// The endpoint was tested often enough for now.
pub fn too_many_tests(wait_seconds: i64) -> Error {
    let message = format!("This webhook was tested {TESTS_MAX} times within the last hour. Wait a while, then test it again.");
    Error::new(Kind::TooMany, "too_many_tests", message).with("retry_after", wait_seconds)
}

/// The delivery is being sent at this moment.
pub fn delivery_in_flight() -> Error {
    Error::conflict("delivery_in_flight", "This delivery is being sent at this moment. Wait for its outcome, then send this again.")
}
