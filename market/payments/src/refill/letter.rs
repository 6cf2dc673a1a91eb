//! The mails of automatic refill.

use super::Refill;
use crate::letter::{self, day};
use crate::payment::CardRefusal;
use kernel::{Money, Result, Time};
use platform::db::Tx;

const PAGE: &str = "/wallet/refill";

/// Tells of a low balance that nothing refills by itself.
pub(super) async fn low(tx: &mut Tx, refill: &Refill, available: Money) -> Result<()> {
    let text = format!(
        "{available} USD are available in your wallet, less than the {} below which you asked to be told. New jobs can't be funded for long.",
        refill.threshold
    );
    letter::to_team(tx, &refill.team_id, "Your wallet is low", &text, "/wallet").await
}

/// Tells that a card was saved: whoever did it, the team's members should know.
pub(super) async fn card_saved(tx: &mut Tx, refill: &Refill, card: &str) -> Result<()> {
    let text = format!(
        "A card was saved for automatic refill: {card}. If nobody of your team did this, remove it and tell the server's operator."
    );
    letter::to_team(tx, &refill.team_id, "A card was saved", &text, PAGE).await
}

/// Tells that a card could not be charged.
pub(super) async fn stopped(tx: &mut Tx, refill: &Refill, reason: CardRefusal) -> Result<()> {
    let why = match reason {
        CardRefusal::Declined => "its bank declined",
        CardRefusal::NeedsHolder => "its bank wants the holder to confirm the payment",
    };
    let card = refill.card_label.as_deref().unwrap_or("your card");
    let text = format!(
        "{card} could not be charged with {} for your wallet: {why}. Automatic refill is off, and nothing more is charged. Deposit by hand, \
         or save another card and switch it on again.",
        refill.amount
    );
    letter::to_team(tx, &refill.team_id, "Automatic refill is off", &text, PAGE).await
}

/// Tells that a limit is reached.
pub(super) async fn paused(tx: &mut Tx, refill: &Refill, until: Time) -> Result<()> {
    let text = format!(
        "Your wallet is low, and a limit of its automatic refill is reached. Nothing is charged before {}. Deposit by hand, or raise the limit.",
        day(until)
    );
    letter::to_team(tx, &refill.team_id, "The limit of automatic refill is reached", &text, PAGE).await
}
