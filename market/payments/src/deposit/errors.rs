//! The refusals of deposits.

use super::Status;
use kernel::Error;

/// The checkout was paid, called off, or left alone for too long.
pub fn checkout_closed(status: Status) -> Error {
    Error::conflict("checkout_closed", format!("This checkout is {status}. Start a new deposit."))
}

/// The team has many deposits that nobody paid.
pub fn too_many_deposits(most: i64) -> Error {
    let message = format!("{most} deposits of this team wait for their payer, the most at a time. Pay one, or wait until one has expired.");
    Error::conflict("too_many_deposits", message)
}
