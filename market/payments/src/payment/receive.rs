//! Receiving a provider's news: each is kept as it came, and applied once, in one transaction with its effect.

use super::{CardRefusal, ChargeNews, CheckoutNews, Content, News, Provider, ReversalNews, operator, store};
use crate::deposit::{self, Deposit, Status};
use crate::{payee, payout, refill};
use kernel::id::DepositId;
use kernel::{Result, text_enum};
use platform::Market;
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

/// Takes a piece of news: asks the provider what it leaves open, and applies it.
///
/// It begins and commits transactions of its own, because it asks the provider before them.
pub async fn take(market: &Market, provider: &dyn Provider, news: &News) -> Result<Outcome> {
    let mut conn = market.read().await?;
    // Missed news are listed for weeks; the provider is asked about each once.
    if let Some(outcome) = store::outcome(&mut conn, &news.id).await? {
        return Ok(outcome);
    }
    let is_payee = match &news.content {
        Content::AccountChange(account) => payee::is_known(&mut conn, account).await?,
        _ => false,
    };
    drop(conn);
    let found;
    let news = match &news.content {
        Content::CardPage(page) => {
            let card = provider.find_card(page).await?;
            found = News { content: Content::Card(card), ..news.clone() };
            &found
        }
        Content::AccountChange(account) if is_payee => {
            let asked_at = market.clock.now();
            let answer = provider.find_account(account).await?;
            found = News { content: Content::Account { news: answer, asked_at }, ..news.clone() };
            &found
        }
        _ => news,
    };
    platform::act!(market, |tx| receive(tx, news).await)
}

/// Takes the news that the provider could not deliver.
pub async fn catch_up(market: &Market, provider: &dyn Provider) -> Result<()> {
    for news in provider.missed_news(market.clock.now()).await? {
        if let Err(error) = take(market, provider, &news).await {
            tracing::warn!(news = news.id, code = %error.code, "missed news could not be applied; they are taken again");
        }
    }
    Ok(())
}

/// Applies a piece of news, unless it was applied before.
pub async fn receive(tx: &mut Tx, news: &News) -> Result<Outcome> {
    store::take_turn(tx).await?;
    if let Some(outcome) = store::outcome(tx, &news.id).await? {
        return Ok(outcome);
    }
    let found = match &news.content {
        Content::Checkout(checkout) => about_checkout(tx, checkout).await?,
        Content::Charge(charge) => about_charge(tx, charge).await?,
        Content::Card(card) => ours(refill::save_card(tx, card).await?),
        Content::Account { news, asked_at } => ours(payee::note(tx, news, *asked_at).await?),
        Content::Payout(payout) => ours(payout::note(tx, payout).await?),
        Content::Transfer(transfer) => ours(payout::note_transfer(tx, transfer).await?),
        Content::Reversal(reversal) => about_reversal(tx, reversal).await?,
        Content::CardPage(_) | Content::AccountChange(_) | Content::Other => Found::Nothing,
    };
    let (outcome, reason) = match found {
        Found::Ours => (Outcome::Applied, None),
        Found::Nothing => (Outcome::Ignored, None),
        Found::Contradiction(reason) => (Outcome::Refused, Some(reason)),
    };
    store::insert(tx, news, outcome, reason).await?;
    if let Some(reason) = reason {
        operator::tell(tx, news, reason).await?;
    }
    Ok(outcome)
}

/// The relation of a piece of news to what we know.
enum Found {
    /// It is about something of ours, and was applied.
    Ours,
    /// It is about nothing of ours.
    Nothing,
    /// It contradicts what we know; the reason, as the end of a sentence.
    Contradiction(&'static str),
}

const fn ours(is_ours: bool) -> Found {
    if is_ours { Found::Ours } else { Found::Nothing }
}

/// Applies the state of a checkout that was looked up. A contradiction is logged alone: it is found again and again.
pub async fn look_up(tx: &mut Tx, checkout: &CheckoutNews) -> Result<()> {
    store::take_turn(tx).await?;
    if let Found::Contradiction(reason) = about_checkout(tx, checkout).await? {
        tracing::error!(session = checkout.session, reason, "a checkout that was looked up contradicts its deposit, so nothing was done");
    }
    Ok(())
}

async fn about_checkout(tx: &mut Tx, checkout: &CheckoutNews) -> Result<Found> {
    let Some(deposit) = named(tx, checkout.reference.as_deref()).await?.filter(|deposit| !deposit.is_charge) else {
        return Ok(Found::Nothing);
    };
    let id = deposit.id.clone();
    let deposit = match deposit::checked(deposit, checkout.total, checkout.currency.as_deref(), Some(&checkout.session)) {
        Ok(deposit) => deposit,
        Err(reason) => return Ok(Found::Contradiction(reason)),
    };
    deposit::note_payment(tx, &id, Some(&checkout.session), checkout.payment.as_deref()).await?;
    if let Some(step) = checkout.step {
        deposit::advance(tx, deposit, step).await?;
    }
    // A refund or a dispute may have come before its payment.
    deposit::balance(tx, &id).await?;
    Ok(Found::Ours)
}

/// Finds the deposit that news name.
async fn named(tx: &mut Tx, reference: Option<&str>) -> Result<Option<Deposit>> {
    let Some(reference) = reference else { return Ok(None) };
    match deposit::show(tx, &DepositId::from(reference)).await {
        Ok(deposit) => Ok(Some(deposit)),
        Err(error) if error.kind == kernel::Kind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Applies the answer to a charge. A contradiction is logged alone: it is found again and again.
pub(crate) async fn charged(tx: &mut Tx, charge: &ChargeNews) -> Result<()> {
    store::take_turn(tx).await?;
    if let Found::Contradiction(reason) = about_charge(tx, charge).await? {
        tracing::error!(payment = charge.payment, reason, "a charge contradicts its deposit, so nothing was done");
    }
    Ok(())
}

async fn about_charge(tx: &mut Tx, charge: &ChargeNews) -> Result<Found> {
    // The payments of checkouts send news of this kind too; the checkout's own news decide there.
    let Some(deposit) = named(tx, charge.reference.as_deref()).await?.filter(|deposit| deposit.is_charge) else {
        return Ok(Found::Nothing);
    };
    let id = deposit.id.clone();
    let deposit = match deposit::checked(deposit, charge.total, charge.currency.as_deref(), None) {
        Ok(deposit) => deposit,
        Err(reason) => return Ok(Found::Contradiction(reason)),
    };
    if deposit.payment.as_deref().is_some_and(|known| known != charge.payment) {
        return Ok(Found::Contradiction("the deposit has another payment"));
    }
    deposit::note_payment(tx, &id, None, Some(&charge.payment)).await?;
    if let Some(step) = charge.step {
        let (before, team) = (deposit.status, deposit.team_id.clone());
        let after = deposit::advance(tx, deposit, step).await?.status;
        if after == Status::Failed && before != after {
            refill::stop(tx, &team, charge.refusal.unwrap_or(CardRefusal::Declined)).await?;
        }
    }
    deposit::balance(tx, &id).await?;
    Ok(Found::Ours)
}

async fn about_reversal(tx: &mut Tx, reversal: &ReversalNews) -> Result<Found> {
    let Some(payment) = &reversal.payment else { return Ok(Found::Nothing) };
    store::set_reversal(tx, payment, reversal).await?;
    // It may be about a payment whose own news are still on their way, or about none of ours.
    let Some(id) = deposit::of_payment(tx, payment).await? else { return Ok(Found::Nothing) };
    deposit::balance(tx, &id).await?;
    Ok(Found::Ours)
}
