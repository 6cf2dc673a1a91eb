//! A payment provider, and how it is asked.

use super::{AccountNews, CardNews, ChargeNews, CheckoutNews, News, PayoutNews};
use kernel::id::{DepositId, PayoutId, TeamId};
use kernel::{Money, Result, Time};
use platform::registry::Boxed;

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

    /// Opens the page on which a person saves a card. Asked twice under one key, it returns the same one.
    fn open_card_page<'a>(&'a self, asked: &'a CardRequest) -> Boxed<'a, Result<Checkout>>;

    /// Looks up whether a card was saved on such a page.
    fn find_card<'a>(&'a self, session: &'a str) -> Boxed<'a, Result<CardNews>>;

    /// Charges a saved card while its holder is away. Asked twice for one deposit, it charges once.
    fn charge<'a>(&'a self, asked: &'a ChargeRequest) -> Boxed<'a, Result<ChargeNews>>;

    /// Looks a charge up by the provider's id of the payment.
    fn find_charge<'a>(&'a self, payment: &'a str) -> Boxed<'a, Result<ChargeNews>>;

    /// Opens the account to which a team's payouts go, and returns its id. Asked twice for one team, it may open a second one, which nobody
    /// fills in.
    fn open_account<'a>(&'a self, asked: &'a AccountRequest) -> Boxed<'a, Result<String>>;

    /// Opens the page on which a person tells what the account lacks, and returns its address.
    fn account_page<'a>(&'a self, account: &'a str, return_url: &'a str) -> Boxed<'a, Result<String>>;

    /// Looks an account up.
    fn find_account<'a>(&'a self, account: &'a str) -> Boxed<'a, Result<AccountNews>>;

    /// Sends a payout to its account, and on to the bank. Asked twice for one payout, it sends once.
    fn pay_out<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<Sending>>;

    /// Looks up a payout that was sent.
    fn find_payout<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<PayoutNews>>;

    /// Takes the money of a failed payout back from its account. Asked twice, it takes it once.
    fn take_back<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<()>>;

    /// Lists the news that the provider could not deliver lately, oldest first.
    fn missed_news(&self, now: Time) -> Boxed<'_, Result<Vec<News>>>;
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
    pub method: crate::deposit::Method,
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

/// The page on which a team saves a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardRequest {
    /// The team, which the provider's news name.
    pub team: TeamId,
    /// A word that stands for this request: asked again under it, the provider opens no second page.
    pub key: String,
    /// The page to which the person returns.
    pub return_url: String,
}

/// A charge of a saved card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChargeRequest {
    /// The deposit, which the provider's news name.
    pub deposit: DepositId,
    /// The amount with its fee.
    pub total: Money,
    /// The provider's id of the payer.
    pub customer: String,
    /// The provider's id of the card.
    pub card: String,
}

/// The account to which a team's payouts go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountRequest {
    /// The team.
    pub team: TeamId,
    /// The email address of the person who opens it.
    pub email: String,
}

/// A payout that the provider is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayoutRequest {
    /// The payout, which the provider's news name.
    pub payout: PayoutId,
    /// The provider's id of the account.
    pub account: String,
    /// The amount of the transfer.
    pub amount: Money,
    /// The part of it that goes to the bank: all, unless the operator took some of the transfer back.
    pub going: Money,
    /// The provider's id of the transfer, if it is known.
    pub transfer: Option<String>,
    /// The provider's id of the payment to the bank, if it is known.
    pub bank_payment: Option<String>,
    /// The number of times that the provider refused it: a refusal is remembered under its key, so the next try needs another one.
    pub refusals: i64,
}

/// The answer to a payout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// It is on its way to the bank.
    Sent(PayoutNews),
    /// The provider did not take it.
    Refused {
        /// The reason, a sentence.
        reason: String,
        /// True if it makes no sense to ask again.
        is_final: bool,
        /// The provider's id of the transfer, if the account has the money already.
        transfer: Option<String>,
    },
}
