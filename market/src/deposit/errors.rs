//! The refusals of deposits.

use super::Status;
use kernel::{Error, Kind};

/// The checkout was paid, called off, or left alone for too long.
pub fn checkout_closed(status: Status) -> Error {
    Error::conflict("checkout_closed", format!("This checkout is {status}. Start a new deposit."))
}

/// The server has nobody to take payments.
pub fn no_payment_provider() -> Error {
    let message = "This server has no payment provider yet, so it takes no deposits. Ask its operator.";
    Error::new(Kind::Unavailable, "no_payment_provider", message)
}
