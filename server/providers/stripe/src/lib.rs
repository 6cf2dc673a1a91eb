//! Stripe as a payment provider.
//!
//! Requests are built by async-stripe, whose types follow Stripe's own description. Answers and news are read by small structs of ours:
//! a field that Stripe adds or drops must not lose a payment.

mod checkout;
mod news;
mod objects;
mod signature;
mod transport;

pub use news::{BODY_MAX, NewsError, read};
pub use transport::{Mode, Stripe, StripeSettings};

use market::Result;
use market::payment::{Checkout, CheckoutNews, CheckoutRequest, Provider};
use market::registry::Boxed;

impl Provider for Stripe {
    fn name(&self) -> &'static str {
        "stripe"
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
}
