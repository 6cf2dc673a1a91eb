//! The mails of payouts.

use super::Payout;
use crate::letter;
use kernel::Result;
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
    let text = format!("A payout of {} USD failed: {reason} The money is in your wallet again.", payout.amount);
    letter::to_team(tx, &payout.team_id, "A payout came back", &text, PAGE).await
}
