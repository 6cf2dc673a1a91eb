//! Payouts: a transfer from the server's own balance to a connected account, then a payout from there to the bank.
//!
//! Each is looked for before it is asked for, because Stripe forgets keys after a day and would pay twice.

use super::objects::{BankPayout, List, Transfer};
use super::transport::{Ask, RefusalError, Stripe, path_part};
use market::Result;
use market::payment::{self, PayoutNews, PayoutRequest, Sending};
use std::collections::HashMap;
use stripe_client_core::StripeRequest;
use stripe_connect::transfer::{CreateTransfer, ListTransfer, RetrieveTransfer};
use stripe_connect::transfer_reversal::CreateIdTransferReversal;
use stripe_core::payout::{CreatePayout, ListPayout, RetrievePayout};
use stripe_types::Currency;

/// The payouts of an account among which one is looked for.
const LOOKED_THROUGH: i64 = 100;
/// Stripe's word for a balance that holds too little: money of card payments arrives there days later.
const TOO_LITTLE: &str = "balance_insufficient";

/// Sends a payout.
pub(crate) async fn send(stripe: &Stripe, asked: &PayoutRequest) -> Result<Sending> {
    let transfer = match transfer(stripe, asked).await? {
        Ok(transfer) => transfer,
        Err(refusal) => return Ok(refused(refusal, None, "the server's balance at the payment provider holds too little at the moment.")),
    };
    match bank_payout(stripe, asked).await? {
        Ok(payout) => Ok(Sending::Sent(PayoutNews { account: Some(asked.account.clone()), transfer: Some(transfer), ..payout.into() })),
        Err(refusal) => Ok(refused(refusal, Some(transfer), "the money has not arrived in the payout account yet.")),
    }
}

/// Says whether it makes sense to ask again.
fn refused(refusal: RefusalError, transfer: Option<String>, too_little: &str) -> Sending {
    if refusal.code.as_deref() == Some(TOO_LITTLE) {
        return Sending::Refused { reason: too_little.to_owned(), is_final: false, transfer };
    }
    if refusal.is_about_our_key() {
        // Stripe's words would tell a member about our key. The operator mends it, and the payout goes out.
        refusal.logged("a payout");
        let reason = "the payment provider takes no requests of this server.".to_owned();
        return Sending::Refused { reason, is_final: false, transfer };
    }
    let reason = refusal.message.unwrap_or_else(|| "the payment provider gave no reason.".to_owned());
    Sending::Refused { reason, is_final: true, transfer }
}

async fn transfer(stripe: &Stripe, asked: &PayoutRequest) -> Result<Result<String, RefusalError>> {
    if let Some(known) = &asked.transfer {
        return Ok(Ok(known.clone()));
    }
    if let Some(transfer) = made_before(stripe, asked).await? {
        return Ok(Ok(transfer.id));
    }
    let group = asked.payout.as_str();
    let request = CreateTransfer::new(Currency::USD, &asked.account).amount(asked.amount.0).transfer_group(group);
    let key = format!("transfer:{group}:{}", asked.refusals);
    Ok(stripe.try_send::<Transfer>(Ask::of(request.build()).once(&key)).await?.map(|transfer| transfer.id))
}

/// Finds the transfer of a payout, which has the payout's name as its group.
async fn made_before(stripe: &Stripe, asked: &PayoutRequest) -> Result<Option<Transfer>> {
    let list = ListTransfer::new().transfer_group(asked.payout.as_str()).limit(1);
    let made: List<Transfer> = stripe.send(Ask::of(list.build())).await?;
    Ok(made.data.into_iter().next())
}

async fn bank_payout(stripe: &Stripe, asked: &PayoutRequest) -> Result<Result<BankPayout, RefusalError>> {
    let list = Ask::of(ListPayout::new().limit(LOOKED_THROUGH).build());
    let made: List<BankPayout> = stripe.send(list.acting_for(&asked.account)).await?;
    if let Some(payout) = made.data.into_iter().find(|payout| payout.reference() == Some(asked.payout.as_str())) {
        return Ok(Ok(payout));
    }
    let named = HashMap::from([("payout".to_owned(), asked.payout.to_string())]);
    let request = CreatePayout::new(asked.going.0, Currency::USD).metadata(named);
    // A key stands for one amount.
    let key = format!("payout:{}:{}:{}", asked.payout, asked.refusals, asked.going.0);
    stripe.try_send(Ask::of(request.build()).once(&key).acting_for(&asked.account)).await
}

/// Looks up a payout that was sent.
pub(crate) async fn find(stripe: &Stripe, asked: &PayoutRequest) -> Result<PayoutNews> {
    let id = asked.bank_payment.as_deref().ok_or_else(payment::errors::provider_refused)?;
    let ask = Ask::of(RetrievePayout::new(path_part(id, "payout")?).build());
    let found: BankPayout = stripe.send(ask.acting_for(&asked.account)).await?;
    Ok(PayoutNews { account: Some(asked.account.clone()), ..found.into() })
}

/// Takes the money of a failed payout back from its account. A transfer can't be reversed twice, so no key is needed.
pub(crate) async fn take_back(stripe: &Stripe, asked: &PayoutRequest) -> Result<()> {
    let found = match &asked.transfer {
        Some(id) => Some(stripe.send(Ask::of(RetrieveTransfer::new(path_part(id, "transfer")?).build())).await?),
        // The answer that named it was lost.
        None => made_before(stripe, asked).await?,
    };
    let Some(transfer) = found.filter(|transfer| !transfer.is_reversed()) else { return Ok(()) };
    let _: Transfer = stripe.send(Ask::of(CreateIdTransferReversal::new(transfer.id).build())).await?;
    Ok(())
}
