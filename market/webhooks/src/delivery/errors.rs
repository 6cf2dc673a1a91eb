//! The refusals of deliveries.

use kernel::Error;

/// The delivery is being sent at this moment.
pub fn delivery_in_flight() -> Error {
    Error::conflict("delivery_in_flight", "This delivery is being sent at this moment. Wait for its outcome, then send this again.")
}
