//! A provider's news: what it says has happened, in our words.

use kernel::{Money, Time};
use serde::{Deserialize, Serialize};

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
    /// About a charge of a saved card.
    Charge(ChargeNews),
    /// About the page on which a card is saved: the provider knows more, if it is asked.
    CardPage(String),
    /// About a saved card.
    Card(CardNews),
    /// About money that was taken back.
    Reversal(ReversalNews),
    /// About the account of a payee, by the provider's id of it: the provider knows its state, if it is asked. The state in the news may be
    /// older than what is known.
    AccountChange(String),
    /// The state of such an account.
    Account {
        /// The answer.
        news: AccountNews,
        /// When the question began.
        asked_at: Time,
    },
    /// About a payout on its way to a bank.
    Payout(PayoutNews),
    /// About the transfer of a payout to its account.
    Transfer(TransferNews),
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
    pub step: Option<crate::deposit::Step>,
}

/// The state of a charge of a saved card at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeNews {
    /// The provider's id of the payment.
    pub payment: String,
    /// The deposit, as we named it.
    pub reference: Option<String>,
    /// The amount with its fee.
    pub total: Option<Money>,
    /// The ISO-4217 code in capitals.
    pub currency: Option<String>,
    /// The step of the deposit that follows; none while the charge is under way.
    pub step: Option<crate::deposit::Step>,
    /// The reason of a charge that failed.
    pub refusal: Option<CardRefusal>,
}

kernel::text_enum! {
    /// The reason why a saved card was not charged.
    CardRefusal {
        /// The card's bank declined.
        Declined = "declined",
        /// The card's bank wants its holder to confirm the payment, who is away.
        NeedsHolder = "needs_holder",
    }
}

/// The state of a page on which a card is saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardNews {
    /// The provider's id of the page.
    pub session: String,
    /// The team, as we named it.
    pub reference: Option<String>,
    /// The card; none while the page waits for it, or if its time is over.
    pub card: Option<SavedCard>,
    /// True if the page's time is over.
    pub is_expired: bool,
}

/// A saved card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedCard {
    /// The provider's id of the payer.
    pub customer: String,
    /// The provider's id of the card.
    pub card: String,
    /// The words by which its holder knows it: `Visa ending 4242`.
    pub label: String,
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

/// The state of a payee's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountNews {
    /// The provider's id of the account.
    pub account: String,
    /// The state.
    pub state: crate::payee::State,
    /// The names of what the provider wants to know.
    pub missing: Vec<String>,
}

/// The state of a payment to a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutNews {
    /// The provider's id of the payment to the bank.
    pub bank_payment: String,
    /// The provider's id of the account that it was paid from.
    pub account: Option<String>,
    /// The payout, as we named it.
    pub reference: Option<String>,
    /// The provider's id of the transfer to the account, if the news tell it.
    pub transfer: Option<String>,
    /// The state.
    pub state: BankState,
}

/// The state of a payment to a bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BankState {
    /// It is on its way.
    UnderWay,
    /// The bank has it.
    Paid,
    /// The bank did not take it; the reason, a sentence.
    Failed(Option<String>),
}

/// The state of a transfer to a payee's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferNews {
    /// The provider's id of the transfer.
    pub transfer: String,
    /// The payout, as we named it.
    pub reference: Option<String>,
    /// The part of it that was reversed so far.
    pub reversed: Money,
}
