//! A market that asks a fake Stripe and hears none of its events: everything is found by asking, at the time that the test says.

use super::fake::Fake;
use market::deposit::{self, Deposit, Method, NewDeposit};
use market::ledger::{self, Account};
use market::time::Clock;
use market::{Actor, Duration, Money, Result, payee, payment, payout, refill};
use stripe::Stripe;
use testkit::{TestApp, read};

/// The time for one try. The fake answers at once, or never.
const TRY_WITHIN: std::time::Duration = std::time::Duration::from_secs(2);

pub(super) struct Desk {
    pub(super) app: TestApp,
    pub(super) fake: Fake,
    pub(super) stripe: Stripe,
    pub(super) actor: Actor,
}

impl Desk {
    /// Opens a market with one verified member.
    pub(super) async fn open() -> Self {
        let (fake, listener) = Fake::bind().await;
        tokio::spawn(fake_stripe::serve(listener, String::new(), "whsec_of_nothing".to_owned()));
        let mut app = TestApp::sqlite().await;
        // The fake has the machine's clock, and refuses a checkout that ends in its past.
        app.market.clock = Clock::manual(Clock::System.now());
        let stripe = Stripe::new(&fake.settings("whsec_of_nothing")).expect("connects").answering_within(TRY_WITHIN);
        let actor = app.resident("larkin").await;
        Self { app, fake, stripe, actor }
    }

    pub(super) async fn deposit(&self, method: Method) -> Result<Deposit> {
        let new = NewDeposit { cents: 10_000, method, request: None, back: "" };
        deposit::open(&self.app.market, &self.stripe, &self.actor, &new).await
    }

    /// The deposit as it is now.
    pub(super) async fn again(&self, deposit: &Deposit) -> Deposit {
        read!(self.app, deposit::own(&self.actor, &deposit.id)).expect("is there")
    }

    /// Takes the news that were not delivered: all of them.
    pub(super) async fn catch_up(&self) {
        payment::catch_up(&self.app.market, &self.stripe).await.expect("catches up");
    }

    /// Asks about deposits and accounts that are due.
    pub(super) async fn reconcile(&self) {
        while deposit::reconcile(&self.app.market, &self.stripe).await.expect("asks") {}
        while payee::reconcile(&self.app.market, &self.stripe).await.expect("asks") {}
    }

    /// Takes the payouts further that are due.
    pub(super) async fn pay_out(&self) {
        while payout::advance_due(&self.app.market, &self.stripe).await.expect("advances") {}
    }

    /// Looks at the balances twice, so that a charge that is made too often shows.
    pub(super) async fn watch(&self) {
        for _ in 0..2 {
            while refill::watch(&self.app.market, Some(&self.stripe)).await.expect("watches") {}
        }
    }

    pub(super) async fn after(&self, span: Duration) {
        self.app.advance(span).await;
    }

    /// The balance of the wallet.
    pub(super) async fn available(&self) -> Money {
        ledger::balance(&mut self.app.read().await, &Account::wallet(&self.actor.team)).await.expect("a balance")
    }

    pub(super) async fn close(self) {
        self.app.close().await;
    }
}
