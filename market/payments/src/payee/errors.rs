//! The refusals of payees.

use super::State;
use kernel::Error;

/// The team's account can't be paid out to.
pub fn payee_not_ready(state: State) -> Error {
    let message = match state {
        State::Elsewhere => {
            "The payout account is at a payment provider that this server does not use any more. A person connects one again first."
        }
        State::None | State::Ready => "No payout account is connected. A person connects one at the payment provider first.",
        State::Onboarding => "The payout account's forms are not filled in. A person finishes them at the payment provider first.",
        State::Restricted => "The payment provider wants to know more before it pays out. A person answers it there first.",
    };
    Error::conflict("payout_account_not_ready", message)
}
