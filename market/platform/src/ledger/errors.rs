//! The refusals of money that moves.

use kernel::{Error, Kind, Money};

/// The account holds less than the entry takes from it.
pub fn insufficient_funds(available: Money, required: Money) -> Error {
    let short = Money(required.0 - available.0);
    let message = format!("Required: {required} USD, available: {available} USD. Deposit {short} USD, then send this again.");
    Error::new(Kind::InsufficientFunds, "insufficient_funds", message).with("required", required.0).with("available", available.0)
}

/// An entry with this id was posted before.
pub fn already_posted(id: &str) -> Error {
    Error::conflict("already_posted", format!("The money of {id} has already moved."))
}
