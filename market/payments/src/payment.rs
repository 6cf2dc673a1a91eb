//! Payments: the provider that takes them, and the news that it sends.
//!
//! The provider is called without an open transaction. Its news may come late, twice and in any order: each is applied once.

use kernel::{Duration, Time};
use serde::{Deserialize, Serialize};

pub mod errors;
mod news;
mod operator;
mod payments;
mod provider;
mod queries;
mod receive;
mod sandbox;
mod store;
pub use news::{
    AccountNews, BankState, CardNews, CardRefusal, ChargeNews, CheckoutNews, Content, News, PayoutNews, ReversalNews, ReversalState,
    SavedCard, TransferNews,
};
pub use payments::Payments;
pub use provider::{AccountRequest, CardRequest, ChargeRequest, Checkout, CheckoutRequest, PayoutRequest, Provider, Sending};
pub use queries::refused;
pub(crate) use receive::charged;
pub use receive::{Outcome, catch_up, look_up, receive, take};
pub use sandbox::{Sandbox, TestBank, TestCard};
pub use store::forget_old;

/// The time for which news are kept as they came. Providers send them again for days, never for months.
const KEPT: Duration = Duration::days(90);

/// The name of the provider of play money.
pub const SANDBOX: &str = "sandbox";

/// A piece of news that was refused, because it contradicts what we know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefusedNews {
    /// The provider's id of the event.
    pub id: String,
    /// The provider's type of the event.
    pub kind: String,
    /// The contradiction, as the end of a sentence.
    pub reason: String,
    /// When it came first.
    pub received_at: Time,
}
