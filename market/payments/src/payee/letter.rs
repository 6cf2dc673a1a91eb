//! The mails of payees.

use super::{Payee, State};
use crate::letter;
use kernel::Result;
use platform::db::Tx;

/// Tells of a new state.
pub(super) async fn changed(tx: &mut Tx, payee: &Payee) -> Result<()> {
    let (subject, text) = match payee.state {
        State::Ready => ("Your payout account is ready", "The payment provider takes payouts to your account now.".to_owned()),
        State::Restricted => {
            let missing = payee.missing_words().join(", ");
            let missing = if missing.is_empty() { String::new() } else { format!(": {missing}") };
            let text = format!(
                "The payment provider wants to know more before it pays out to your account{missing}. Your money stays in your wallet until then."
            );
            ("Your payout account needs you", text)
        }
        State::None | State::Elsewhere | State::Onboarding => return Ok(()),
    };
    letter::to_team(tx, &payee.team_id, subject, &text, "/wallet/payouts").await
}
