//! The refusals of automatic refill.

use kernel::{Error, Money};

/// The team has set up no automatic refill.
pub fn no_refill() -> Error {
    Error::not_found("automatic refill")
}

/// The monthly limit is below one charge.
pub(super) fn limit_below_amount(amount: Money) -> Error {
    Error::field("monthly_limit", format!("It must be at least the amount of one charge, {amount}, or be left out for no limit."))
}

/// The threshold is out of bounds.
pub(super) fn threshold_out_of_bounds(most: Money) -> Error {
    Error::field("threshold", format!("Give 0.01 to {most} USD: below it the card is charged."))
}
