//! Payments: the provider that takes them, and the news that it sends.
//!
//! The provider is called without an open transaction. Its news may come late, twice and in any order: each is applied once.

use kernel::id::DepositId;
use kernel::{Duration, Money, Result, Time};
use platform::registry::Boxed;

pub mod errors;
mod payments;
mod receive;
mod sandbox;
mod store;
pub use payments::Payments;
pub use receive::{Outcome, look_up, receive};
pub use sandbox::Sandbox;
pub use store::forget_old;

/// The time for which news are kept as they came. Providers send them again for days, never for months.
const KEPT: Duration = Duration::days(90);

/// The name of the provider of play money.
pub const SANDBOX: &str = "sandbox";

/// A payment provider.
pub trait Provider: Send + Sync {
    /// Returns the name: `stripe`.
    fn name(&self) -> &'static str;

    /// Returns true if real fees are taken on top of a deposit.
    fn has_fees(&self) -> bool;

    /// Opens a checkout. Asked twice for one deposit, it returns the same one.
    fn open_checkout<'a>(&'a self, asked: &'a CheckoutRequest) -> Boxed<'a, Result<Checkout>>;

    /// Looks a checkout up.
    fn find_checkout<'a>(&'a self, session: &'a str) -> Boxed<'a, Result<CheckoutNews>>;
}

/// The checkout that a deposit needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutRequest {
    /// The deposit, which the provider's news name.
    pub deposit: DepositId,
    /// The amount for the wallet.
    pub amount: Money,
    /// The provider's fee, a line of its own.
    pub fee: Money,
    /// The way of paying; the provider offers no other.
    pub method: super::deposit::Method,
    /// The time until which it can be paid.
    pub until: Time,
    /// The page to which the payer returns.
    pub return_url: String,
}

/// A checkout that a provider opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkout {
    /// The provider's id of it.
    pub session: String,
    /// The address at which it is paid.
    pub url: String,
}

/// A piece of news: what the provider says has happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// The provider's id of the event; each is applied once.
    pub id: String,
    /// The provider's type of the event.
    pub kind: String,
    /// The event as it came.
    pub body: String,
    /// The content.
    pub content: Content,
}

/// The content of a piece of news.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// About a checkout.
    Checkout(CheckoutNews),
    /// About money that was taken back.
    Reversal(ReversalNews),
    /// Nothing that matters here.
    Other,
}

/// The state of a checkout at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutNews {
    /// The provider's id.
    pub session: String,
    /// The deposit, as we named it.
    pub reference: Option<String>,
    /// The provider's id of the payment; refunds and disputes name it.
    pub payment: Option<String>,
    /// The amount with its fee.
    pub total: Option<Money>,
    /// The ISO-4217 code in capitals.
    pub currency: Option<String>,
    /// The step of the deposit that follows; none while the checkout waits for its payer.
    pub step: Option<super::deposit::Step>,
}

/// A refund or a dispute of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReversalNews {
    /// The provider's id of the refund or the dispute.
    pub id: String,
    /// The payment.
    pub payment: Option<String>,
    /// The amount that is taken back.
    pub amount: Money,
    /// True for a dispute: the payer's bank took the money.
    pub is_dispute: bool,
    /// The state.
    pub state: ReversalState,
}

kernel::text_enum! {
    /// The state of a refund or a dispute.
    ReversalState {
        /// The money is gone, for now: a refund on its way, a dispute without a verdict.
        Open = "open",
        /// The money is gone for good.
        Lost = "lost",
        /// The money is back: the refund failed, or the dispute was won.
        Won = "won",
    }
}
