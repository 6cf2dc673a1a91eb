//! The refusals of payouts.

use super::{More, Payable};
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

/// The wallet has it, and some of it came by a deposit just now.
pub fn on_hold(payable: &Payable) -> Error {
    let Payable { available, now, more } = payable;
    let then = more.map(|More { at, amount }| format!(" From {at}, {amount} USD can be.")).unwrap_or_default();
    let message = format!(
        "{now} of the {available} USD that are available can be paid out now, because a payer's bank may still take back the deposits of the \
         last days.{then}"
    );
    let error = Error::conflict("payout_on_hold", message).with("payable", now.0).with("available", available.0);
    match more {
        Some(More { at, amount }) => error.with("more_at", at.to_string()).with("more_payable", amount.0),
        None => error,
    }
}

/// The team has many payouts on their way.
pub fn too_many_payouts(most: i64) -> Error {
    Error::conflict(
        "too_many_payouts",
        format!("{most} payouts of this team are on their way, the most at a time. Wait until one has arrived."),
    )
}
