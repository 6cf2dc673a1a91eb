//! The sandbox's provider: its pages are pages of this server, and its money is test money.

use super::{
    AccountNews, AccountRequest, BankState, CardNews, CardRefusal, CardRequest, ChargeNews, ChargeRequest, Checkout, CheckoutNews,
    CheckoutRequest, News, PayoutNews, PayoutRequest, Provider, SavedCard, Sending,
};
use crate::deposit::Step;
use kernel::id::random;
use kernel::money::CURRENCY;
use kernel::{Error, Result, Time, text_enum};
use platform::registry::Boxed;

text_enum! {
    /// The cards of the sandbox.
    TestCard {
        /// It is always charged.
        Good = "card_test_good",
        /// Its bank always declines.
        Refusing = "card_test_refusing",
    }
}

impl TestCard {
    /// Returns the words by which its holder knows it.
    pub const fn label(self) -> &'static str {
        match self {
            TestCard::Good => "Test card ending 4242",
            TestCard::Refusing => "Refusing test card ending 0002",
        }
    }

    /// Returns the card as it was saved on a page of the sandbox.
    pub fn saved(self) -> SavedCard {
        SavedCard { customer: "sandbox".into(), card: self.as_str().into(), label: self.label().into() }
    }
}

text_enum! {
    /// The banks of the sandbox.
    TestBank {
        /// It takes payouts after a minute.
        Good = "good",
        /// It sends payouts back after a minute.
        Refusing = "refusing",
        /// The provider wants to know more about it.
        Unfinished = "unfinished",
    }
}

impl TestBank {
    /// Makes up an account at this bank. Its name is the permission to connect another one.
    pub fn account(self) -> String {
        random(&format!("bank_{self}_"))
    }

    fn of(account: &str) -> Option<Self> {
        account.strip_prefix("bank_").and_then(|rest| rest.split('_').next()).and_then(Self::parse)
    }
}

/// The provider of play money.
#[derive(Clone, Debug)]
pub struct Sandbox {
    base_url: String,
}

impl Sandbox {
    /// Creates the provider of a server with this address.
    pub fn new(base_url: String) -> Self {
        Self { base_url }
    }
}

impl Provider for Sandbox {
    fn name(&self) -> &'static str {
        super::SANDBOX
    }

    fn has_fees(&self) -> bool {
        false
    }

    fn open_checkout<'a>(&'a self, asked: &'a CheckoutRequest) -> Boxed<'a, Result<Checkout>> {
        let url = format!("{}/sandbox/checkout/{}", self.base_url, asked.deposit);
        let session = asked.deposit.to_string();
        Box::pin(async { Ok(Checkout { session, url }) })
    }

    fn find_checkout<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<CheckoutNews>> {
        // Its checkouts are paid in this database, so there is nobody to ask.
        Box::pin(async { Err(Error::not_found("checkout")) })
    }

    fn open_card_page<'a>(&'a self, _: &'a CardRequest) -> Boxed<'a, Result<Checkout>> {
        let session = random("card_page_");
        let url = format!("{}/sandbox/card/{session}", self.base_url);
        Box::pin(async { Ok(Checkout { session, url }) })
    }

    fn find_card<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<CardNews>> {
        // Its cards are saved in this database.
        Box::pin(async { Err(Error::not_found("card")) })
    }

    fn charge<'a>(&'a self, asked: &'a ChargeRequest) -> Boxed<'a, Result<ChargeNews>> {
        let is_good = TestCard::parse(&asked.card) == Some(TestCard::Good);
        let news = ChargeNews {
            payment: format!("pay_{}", asked.deposit),
            reference: Some(asked.deposit.to_string()),
            total: Some(asked.total),
            currency: Some(CURRENCY.into()),
            step: Some(if is_good { Step::Pay } else { Step::Fail }),
            refusal: (!is_good).then_some(CardRefusal::Declined),
        };
        Box::pin(async { Ok(news) })
    }

    fn find_charge<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<ChargeNews>> {
        // Its charges are settled when they are asked for.
        Box::pin(async { Err(Error::not_found("charge")) })
    }

    fn open_account<'a>(&'a self, _: &'a AccountRequest) -> Boxed<'a, Result<String>> {
        Box::pin(async { Ok(random("account_")) })
    }

    fn account_page<'a>(&'a self, account: &'a str, _: &'a str) -> Boxed<'a, Result<String>> {
        let url = format!("{}/sandbox/bank/{account}", self.base_url);
        Box::pin(async { Ok(url) })
    }

    fn find_account<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<AccountNews>> {
        // Its accounts are in this database.
        Box::pin(async { Err(Error::not_found("payout account")) })
    }

    fn pay_out<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<Sending>> {
        let sent = news(asked, BankState::UnderWay);
        Box::pin(async { Ok(Sending::Sent(sent)) })
    }

    fn find_payout<'a>(&'a self, asked: &'a PayoutRequest) -> Boxed<'a, Result<PayoutNews>> {
        let state = match TestBank::of(&asked.account) {
            Some(TestBank::Refusing) => BankState::Failed(Some("the test bank refuses every payout.".into())),
            _ => BankState::Paid,
        };
        let found = news(asked, state);
        Box::pin(async { Ok(found) })
    }

    fn take_back<'a>(&'a self, _: &'a PayoutRequest) -> Boxed<'a, Result<()>> {
        Box::pin(async { Ok(()) })
    }

    fn missed_news(&self, _: Time) -> Boxed<'_, Result<Vec<News>>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

fn news(asked: &PayoutRequest, state: BankState) -> PayoutNews {
    let (payout, transfer) = (&asked.payout, format!("transfer_{}", asked.payout));
    let account = Some(asked.account.clone());
    PayoutNews { bank_payment: format!("bank_{payout}"), account, reference: Some(payout.to_string()), transfer: Some(transfer), state }
}
