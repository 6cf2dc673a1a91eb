//! The mails of payouts.

use super::Payout;
use crate::letter;
use kernel::{Money, Result};
use platform::db::Tx;

const PAGE: &str = "/wallet/payouts";

/// Tells that a payout was asked for, so that a team hears at once of one that nobody of it wanted.
pub(super) async fn asked(tx: &mut Tx, payout: &Payout) -> Result<()> {
    let text = format!(
        "{} USD leave your wallet for your bank account. If nobody of your team asked for this, tell the server's operator at once.",
        payout.amount
    );
    letter::to_team(tx, &payout.team_id, "A payout was asked for", &text, PAGE).await
}

/// Tells that a payout came back.
pub(super) async fn returned(tx: &mut Tx, payout: &Payout, reason: &str) -> Result<()> {
    let text = format!("A payout of {} USD failed: {reason} The money is in your wallet again.", payout.going());
    letter::to_team(tx, &payout.team_id, "A payout came back", &text, PAGE).await
}

/// Tells that a part of a payout came back. The rest goes on; once the bank's payment is made it can't be made smaller, so the payee's
/// account at the provider lacks the part.
pub(super) async fn reversed(tx: &mut Tx, payout: &Payout, part: Money, rest: Money) -> Result<()> {
    let consequence = match &payout.bank_payment {
        None => format!("the rest, {rest} USD, goes on as before."),
        Some(_) => format!("your bank gets the whole payout all the same, so your account at the payment provider lacks {part} USD."),
    };
    let text = format!(
        "The server's operator took {part} USD of a payout back at the payment provider. They are in your wallet again; {consequence} If \
         you did not expect this, ask the operator."
    );
    letter::to_team(tx, &payout.team_id, "A part of a payout came back", &text, PAGE).await
}
