//! Saved cards: the page that saves one, and charges while the holder is away.

use super::objects::{CardSession, PaymentIntent, Session};
use super::transport::{Ask, Stripe, path_part};
use market::payment::{self, CardNews, CardRequest, ChargeNews, ChargeRequest, Checkout};
use market::{Result, deposit::Step};
use std::collections::HashMap;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionAllowedPaymentMethodTypes as Allowed, CreateCheckoutSessionCustomerCreation,
    RetrieveCheckoutSession,
};
use stripe_client_core::StripeRequest;
use stripe_core::payment_intent::{CreatePaymentIntent, CreatePaymentIntentOffSession, RetrievePaymentIntent};
use stripe_shared::CheckoutSessionMode;
use stripe_types::Currency;

/// Opens the page on which a team saves a card.
pub(crate) async fn open_page(stripe: &Stripe, asked: &CardRequest) -> Result<Checkout> {
    let request = CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Setup)
        .currency(Currency::USD)
        .allowed_payment_method_types(vec![Allowed::Card])
        .customer_creation(CreateCheckoutSessionCustomerCreation::Always)
        .client_reference_id(asked.team.as_str())
        .success_url(format!("{}?step=done", asked.return_url))
        .cancel_url(&asked.return_url);
    let session: Session = stripe.send(Ask::of(request.build()).once(&asked.key)).await?;
    let url = session.url.ok_or_else(payment::errors::provider_refused)?;
    Ok(Checkout { session: session.id, url })
}

/// Looks up the card that was saved on a page.
pub(crate) async fn find(stripe: &Stripe, session: &str) -> Result<CardNews> {
    let session = path_part(session, "page")?;
    let request = RetrieveCheckoutSession::new(session).expand(vec!["setup_intent.payment_method".to_owned()]);
    let found: CardSession = stripe.send(Ask::of(request.build())).await?;
    Ok(found.into())
}

/// Charges a card. The bank's refusal is an answer, not a failure.
pub(crate) async fn charge(stripe: &Stripe, asked: &ChargeRequest) -> Result<ChargeNews> {
    let request = CreatePaymentIntent::new(asked.total.0, Currency::USD)
        .customer(&asked.customer)
        .payment_method(&asked.card)
        .off_session(CreatePaymentIntentOffSession::Bool(true))
        .confirm(true)
        .description("Automatic refill of your wallet")
        .metadata(HashMap::from([("deposit".to_owned(), asked.deposit.to_string())]));
    let key = format!("charge:{}", asked.deposit);
    let asking = request.build();
    let path = asking.path.clone();
    match stripe.try_send::<PaymentIntent>(Ask::of(asking).once(&key)).await? {
        Ok(intent) => Ok(intent.into()),
        Err(refusal) if refusal.payment_intent.is_some() => refused(refusal.payment_intent, refusal.code.as_deref()),
        Err(refusal) => Err(refusal.logged(&path)),
    }
}

fn refused(intent: Option<PaymentIntent>, code: Option<&str>) -> Result<ChargeNews> {
    let intent = intent.ok_or_else(payment::errors::provider_refused)?;
    let refusal = Some(super::objects::card_refusal(code));
    Ok(ChargeNews { step: Some(Step::Fail), refusal, ..intent.into() })
}

/// Looks a charge up.
pub(crate) async fn find_charge(stripe: &Stripe, payment: &str) -> Result<ChargeNews> {
    let payment = path_part(payment, "payment")?;
    let found: PaymentIntent = stripe.send(Ask::of(RetrievePaymentIntent::new(payment).build())).await?;
    Ok(found.into())
}
