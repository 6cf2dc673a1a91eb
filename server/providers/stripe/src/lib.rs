//! Stripe as a payment provider.
//!
//! Requests are built by async-stripe, whose types follow Stripe's own description. Answers and news are read by small structs of ours:
//! a field that Stripe adds or drops must not lose a payment.

mod account;
mod card;
mod checkout;
mod missed;
mod news;
mod objects;
mod payout;
mod signature;
mod transport;

pub use news::{BODY_MAX, NewsError, read};
pub use transport::{Mode, Stripe, StripeSettings};

use market::payment::{
    AccountNews, AccountRequest, CardNews, CardRequest, ChargeNews, ChargeRequest, Checkout, CheckoutNews, CheckoutRequest, News,
    PayoutNews, PayoutRequest, Provider, Sending,
};
use market::registry::Boxed;
use market::{Result, Time};

/// The name of the provider.
pub const NAME: &str = "stripe";

impl Provider for Stripe {
    fn name(&self) -> &'static str {
        NAME
    }

    fn has_fees(&self) -> bool {
        true
    }

    fn open_checkout<'a>(&'a self, asked: &'a CheckoutRequest) -> Boxed<'a, Result<Checkout>> {
        Box::pin(checkout::open(self, asked))
    }

    fn find_checkout<'a>(&'a self, session: &'a str) -> Boxed<'a, Result<CheckoutNews>> {
        Box::pin(checkout::find(self, session))
    }

    fn open_card_page<'a>(&'a self, asked: &'a CardRequest) -> Boxed<'a, Result<Checkout>> {
        Box::pin(card::open_page(self, asked))
    }

    fn find_card<'a>(&'a self, session: &'a str) -> Boxed<'a, Result<CardNews>> {
        Box::pin(card::find(self, session))
    }

    fn charge<'a>(&'a self, asked: &'a ChargeRequest) -> Boxed<'a, Result<ChargeNews>> {
        Box::pin(card::charge(self, asked))
    }

    fn find_charge<'a>(&'a self, payment: &'a str) -> Boxed<'a, Result<ChargeNews>> {
        Box::pin(card::find_charge(self, payment))
    }

    fn open_account<'a>(&'a self, asked: &'a AccountRequest) -> Boxed<'a, Result<String>> {
        Box::pin(account::open(self, asked))
    }

    fn account_page<'a>(&'a self, account: &'a str, return_url: &'a str) -> Boxed<'a, Result<String>> {
        Box::pin(account::page(self, account, return_url))
    }

    fn find_account<'a>(&'a self, account: &'a str) -> Boxed<'a, Result<AccountNews>> {
        Box::pin(account::find(self, account))
    }

    fn pay_out<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<Sending>> {
        Box::pin(payout::send(self, asked))
    }

    fn find_payout<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<PayoutNews>> {
        Box::pin(payout::find(self, asked))
    }

    fn take_back<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<()>> {
        Box::pin(payout::take_back(self, asked))
    }

    fn missed_news(&self, now: Time) -> Boxed<'_, Result<Vec<News>>> {
        Box::pin(missed::list(self, now))
    }
}
