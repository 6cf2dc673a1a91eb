//! Checkout sessions.

use super::objects::Session;
use super::transport::{Ask, Stripe, path_part};
use market::payment::{Checkout, CheckoutNews, CheckoutRequest};
use market::{Money, Result, deposit::Method, payment};
use std::collections::HashMap;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes as Allowed, CreateCheckoutSessionLineItems,
    CreateCheckoutSessionLineItemsPriceData, CreateCheckoutSessionPaymentIntentData, ProductData, RetrieveCheckoutSession,
};
use stripe_client_core::StripeRequest;
use stripe_shared::CheckoutSessionMode;
use stripe_types::Currency;

/// Opens the session of a deposit. Stripe answers a repetition with the first session, because its key is the deposit's id.
pub(crate) async fn open(stripe: &Stripe, asked: &CheckoutRequest) -> Result<Checkout> {
    let fee = (asked.fee > Money::ZERO).then(|| line("Payment fee", asked.fee));
    let lines: Vec<_> = [line("Deposit to your wallet", asked.amount)].into_iter().chain(fee).collect();
    let deposit = HashMap::from([("deposit".to_owned(), asked.deposit.to_string())]);
    let intent = CreateCheckoutSessionPaymentIntentData { metadata: Some(deposit.clone()), ..Default::default() };
    let request = CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Payment)
        .allowed_payment_method_types(vec![match asked.method {
            Method::Card => Allowed::Card,
            Method::BankDebit => Allowed::UsBankAccount,
        }])
        .line_items(lines)
        .client_reference_id(asked.deposit.as_str())
        .metadata(deposit)
        .payment_intent_data(intent)
        .expires_at(asked.until.seconds())
        .success_url(format!("{}?step=done", asked.return_url))
        .cancel_url(&asked.return_url);
    let session: Session = stripe.send(Ask::of(request.build()).once(&format!("deposit:{}", asked.deposit)).harmless_twice()).await?;
    let url = session.url.ok_or_else(|| {
        tracing::error!(session = session.id, "Stripe opened a checkout without an address");
        payment::errors::provider_refused()
    })?;
    Ok(Checkout { session: session.id, url })
}

fn line(name: &str, amount: Money) -> CreateCheckoutSessionLineItems {
    let price = CreateCheckoutSessionLineItemsPriceData {
        unit_amount: Some(amount.0),
        product_data: Some(ProductData::new(name)),
        ..CreateCheckoutSessionLineItemsPriceData::new(Currency::USD)
    };
    CreateCheckoutSessionLineItems { quantity: Some(1), price_data: Some(price), ..Default::default() }
}

/// Looks a session up.
pub(crate) async fn find(stripe: &Stripe, session: &str) -> Result<CheckoutNews> {
    let session = path_part(session, "checkout")?;
    // A debit that failed leaves the session as it was; only its payment tells.
    let request = RetrieveCheckoutSession::new(session).expand(vec!["payment_intent".to_owned()]);
    let found: Session = stripe.send(Ask::of(request.build())).await?;
    Ok(found.into_news(false))
}
