//! The refusals of payouts.

use kernel::{Error, Kind, Money};

/// The team owes money.
pub fn in_debt(owed: Money) -> Error {
    Error::conflict(
        "in_debt",
        format!("{owed} USD are owed, because a deposit was taken back. What comes in pays them first; then money can be paid out."),
    )
}

/// The wallet has less than that.
pub fn too_little(available: Money, wanted: Money) -> Error {
    let message = format!("{available} USD are available, less than {wanted}. Pay out at most what is available.");
    Error::new(Kind::InsufficientFunds, "insufficient_funds", message).with("required", wanted.0).with("available", available.0)
}

/// The team has many payouts on their way.
pub fn too_many_payouts(most: i64) -> Error {
    Error::conflict(
        "too_many_payouts",
        format!("{most} payouts of this team are on their way, the most at a time. Wait until one has arrived."),
    )
}
