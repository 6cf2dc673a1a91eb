//! The refusals of card acceptances.

use kernel::{Error, Money};

/// The cost of the job is not an amount that can be paid in.
pub fn not_payable_by_card(total: Money, least: Money, most: Money) -> Error {
    let message = format!(
        "The job costs {total} USD with its fee, and a checkout takes {least} to {most} USD. Deposit first, then accept from the wallet."
    );
    Error::conflict("not_payable_by_card", message)
}
