//! The mails of deposits: of those that take days, and of money that was taken back.

use super::Deposit;
use crate::letter;
use kernel::{Money, Result};
use platform::db::Tx;

/// Tells that the money of a bank debit arrived.
pub(super) async fn arrived(tx: &mut Tx, deposit: &Deposit) -> Result<()> {
    let text = format!("Your bank paid: {} USD are in your wallet.", deposit.amount);
    letter::to_team(tx, &deposit.team_id, "Your deposit arrived", &text, &page(deposit)).await
}

/// Tells that a bank did not pay.
pub(super) async fn failed(tx: &mut Tx, deposit: &Deposit) -> Result<()> {
    let text = format!("Your bank did not pay the deposit of {} USD. Nothing is booked. Use another account, or a card.", deposit.amount);
    letter::to_team(tx, &deposit.team_id, "Your deposit failed", &text, &page(deposit)).await
}

/// Tells that money of a deposit was taken back, and that some of it is owed.
pub(super) async fn taken_back(tx: &mut Tx, deposit: &Deposit, taken: Money, owed: Money) -> Result<()> {
    let owed = match owed {
        Money::ZERO => String::new(),
        _ => format!(
            " {owed} USD of it were spent already: they are owed, and what comes in pays them first. Until then nothing can be funded."
        ),
    };
    let text = format!(
        "{taken} USD of a deposit were refunded or charged back by a bank, so they left your wallet.{owed} Jobs that are funded go on. If you did \
         not expect this, ask your bank or card holder."
    );
    letter::to_team(tx, &deposit.team_id, "A deposit was taken back", &text, &page(deposit)).await
}

fn page(deposit: &Deposit) -> String {
    format!("/wallet/deposits/{}", deposit.id)
}
