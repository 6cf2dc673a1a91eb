//! Receiving a provider's news: each is kept as it came, and applied once, in one transaction with its effect.

use super::{CheckoutNews, Content, News, ReversalNews, store};
use crate::deposit::{self, Deposit};
use kernel::id::DepositId;
use kernel::{Result, text_enum};
use platform::db::Tx;

text_enum! {
    /// The outcome of a piece of news.
    Outcome {
        /// It was applied.
        Applied = "applied",
        /// It is about nothing of ours.
        Ignored = "ignored",
        /// It contradicts what we know, so nothing was done: the operator has to look.
        Refused = "refused",
    }
}

/// Applies a piece of news, unless it was applied before.
pub async fn receive(tx: &mut Tx, news: &News) -> Result<Outcome> {
    store::take_turn(tx).await?;
    if let Some(outcome) = store::outcome(tx, &news.id).await? {
        return Ok(outcome);
    }
    let outcome = match &news.content {
        Content::Checkout(checkout) => about_checkout(tx, &news.id, checkout).await?,
        Content::Reversal(reversal) => about_reversal(tx, reversal).await?,
        Content::Other => Outcome::Ignored,
    };
    store::insert(tx, news, outcome).await?;
    Ok(outcome)
}

/// Applies the state of a checkout that was looked up.
pub async fn look_up(tx: &mut Tx, checkout: &CheckoutNews) -> Result<Outcome> {
    store::take_turn(tx).await?;
    about_checkout(tx, &checkout.session, checkout).await
}

async fn about_checkout(tx: &mut Tx, news: &str, checkout: &CheckoutNews) -> Result<Outcome> {
    let Some(deposit) = of_checkout(tx, checkout).await? else { return Ok(Outcome::Ignored) };
    let id = deposit.id.clone();
    let deposit = match deposit::checked(deposit, checkout.total, checkout.currency.as_deref(), &checkout.session) {
        Ok(deposit) => deposit,
        Err(reason) => {
            tracing::error!(news, deposit = %id, reason, "a payment's news were refused: compare them with the provider's own record");
            return Ok(Outcome::Refused);
        }
    };
    deposit::note_payment(tx, &id, &checkout.session, checkout.payment.as_deref()).await?;
    if let Some(step) = checkout.step {
        deposit::advance(tx, deposit, step).await?;
    }
    // A refund or a dispute may have come before its payment.
    deposit::balance(tx, &id).await?;
    Ok(Outcome::Applied)
}

async fn of_checkout(tx: &mut Tx, checkout: &CheckoutNews) -> Result<Option<Deposit>> {
    let Some(reference) = &checkout.reference else { return Ok(None) };
    match deposit::show(tx, &DepositId::from(reference.as_str())).await {
        Ok(deposit) => Ok(Some(deposit)),
        Err(error) if error.kind == kernel::Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

async fn about_reversal(tx: &mut Tx, reversal: &ReversalNews) -> Result<Outcome> {
    let Some(payment) = &reversal.payment else { return Ok(Outcome::Ignored) };
    store::set_reversal(tx, payment, reversal).await?;
    // It may be about a payment whose own news are still on their way, or about none of ours.
    let Some(id) = deposit::of_payment(tx, payment).await? else { return Ok(Outcome::Ignored) };
    deposit::balance(tx, &id).await?;
    Ok(Outcome::Applied)
}
