//! Money in and out by a provider that loses answers and news: whatever happens in whichever order, wallet, debt and the money on its
//! way end at what the provider holds for us.

use market::deposit::{self, Method, NewDeposit};
use market::ledger::{self, Account, Entry, Reason};
use market::payment::{self, ReversalState};
use market::payout::{self, NewPayout};
use market::refill::{self, NewRefill};
use market::{Actor, Duration, Money, payee, timer};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use testkit::{TestApp, act, both, read};
use tokio::task::JoinSet;

pub(crate) mod twin;
use twin::{Bank, Luck, Twin};

/// The rounds after a story in which everything that was lost is found: a day each.
const ROUNDS_MAX: usize = 6;
/// The stories that are played at a time, each in a market of its own: a story waits for the disk most of the time.
const PLAYS: usize = 8;
/// The money of another provider that a member without money gets before a story, so that there is something to pay out.
const FUNDS: Money = Money(20_000);
const REFILL: NewRefill = NewRefill { threshold: 2_000, amount: 3_000, monthly_limit: None, is_enabled: true };

/// One step of a story. Numbers choose among what there is.
#[derive(Clone, Copy, Debug)]
enum Step {
    Deposit(Method),
    /// A payer pays, on the provider's page.
    Pay(usize),
    /// A payer's bank decides about a debit.
    Decide(usize, bool),
    Expire(usize),
    Reverse(usize, usize, ReversalState),
    Spend,
    /// A person saves a card that works, or one that is refused later.
    SaveCard(bool),
    PayOut,
    /// A payee's bank takes a payout, or not.
    BankTakes(usize, bool),
    /// The operator takes a transfer back, all that is left of it or some cents.
    OperatorReverses(usize, Option<i64>),
    /// News reach us, some times.
    Deliver(usize, usize),
    DeliverAgain(usize),
    CatchUp,
    Work,
    Wait(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let method = prop_oneof![Just(Method::Card), Just(Method::BankDebit)];
    let state = prop_oneof![2 => Just(ReversalState::Open), 1 => Just(ReversalState::Lost), 1 => Just(ReversalState::Won)];
    let which = || 0_usize..8;
    let one = prop_oneof![
        4 => method.prop_map(Step::Deposit),
        4 => which().prop_map(Step::Pay),
        2 => (which(), any::<bool>()).prop_map(|(which, pays)| Step::Decide(which, pays)),
        1 => which().prop_map(Step::Expire),
        2 => (which(), 0_usize..3, state).prop_map(|(which, nth, state)| Step::Reverse(which, nth, state)),
        1 => Just(Step::Spend),
        1 => any::<bool>().prop_map(Step::SaveCard),
        4 => Just(Step::PayOut),
        4 => (which(), prop::bool::weighted(0.6)).prop_map(|(which, takes)| Step::BankTakes(which, takes)),
        1 => (which(), prop_oneof![Just(None), Just(Some(700)), Just(Some(1_500))]).prop_map(|(which, part)| Step::OperatorReverses(which, part)),
        6 => (which(), 1_usize..4).prop_map(|(which, times)| Step::Deliver(which, times)),
        2 => which().prop_map(Step::DeliverAgain),
        1 => Just(Step::CatchUp),
        4 => Just(Step::Work),
        2 => prop_oneof![Just(2), Just(31), Just(361), Just(1_500)].prop_map(Step::Wait),
    ];
    prop::collection::vec(one, 4..24)
}

/// The steps, and the fates of the requests in them.
type Story = (Vec<Step>, Vec<Luck>);

fn lucks() -> impl Strategy<Value = Vec<Luck>> {
    let one = prop_oneof![
        3 => Just(Luck::Fine),
        1 => Just(Luck::Unreachable),
        4 => Just(Luck::AnswerLost),
        1 => Just(Luck::HalfDone),
        1 => Just(Luck::TooLittle),
        1 => Just(Luck::Refused),
    ];
    prop::collection::vec(one, 0..12)
}

/// A member whose payouts go to the twin, and the sum that was spent.
struct Play {
    app: TestApp,
    twin: Twin,
    actor: Actor,
    spent: i64,
}

impl Play {
    async fn begin(app: TestApp) -> Self {
        let actor = app.member("payer").await;
        let play = Self { app, twin: Twin::default(), actor, spent: 0 };
        payee::connect(&play.app.market, &play.twin, &play.actor).await.expect("connects");
        play.catch_up().await;
        play
    }

    /// Plays stories, one after another, and proves that the ledger is sound.
    async fn plays(mut self, stories: Vec<Story>) {
        for (steps, luck) in stories {
            if self.available().await.0 < FUNDS.0 / 4 {
                self.app.fund(&self.actor, FUNDS).await;
                self.spent -= FUNDS.0;
            }
            self.twin.begin(luck.clone());
            for step in &steps {
                self.step(*step).await;
            }
            assert!(self.settles().await, "{:?} {steps:?} {luck:?} {:?}", self.balances().await, self.twin);
        }
        self.app.close().await;
    }

    async fn available(&self) -> Money {
        ledger::balance(&mut self.app.read().await, &Account::wallet(&self.actor.team)).await.expect("a balance")
    }

    async fn step(&mut self, step: Step) {
        let market = &self.app.market;
        match step {
            Step::Deposit(method) => {
                let new = NewDeposit { cents: 10_000, method, request: None, back: "" };
                // The provider may be out of reach; the reconciler asks again.
                let _ = deposit::open(market, &self.twin, &self.actor, &new).await;
            }
            Step::Pay(which) => self.twin.pay(which),
            Step::Decide(which, pays) => self.twin.decide(which, pays),
            Step::Expire(which) => self.twin.expire(which),
            Step::Reverse(which, nth, state) => self.twin.reverse(which, nth, state),
            Step::Spend => self.spend().await,
            Step::SaveCard(is_good) => self.save_card(is_good).await,
            Step::PayOut => {
                let cents = self.available().await.0 / 3;
                // Refused while a debt is owed, or if it is too little.
                let _ = act!(self.app, payout::ask(&self.actor, &NewPayout { cents, provider: twin::NAME }));
            }
            Step::BankTakes(which, takes) => self.twin.bank_decides(which, if takes { Bank::Paid } else { Bank::Failed }),
            Step::OperatorReverses(which, part) => self.twin.operator_reverses(which, part),
            Step::Deliver(which, times) => {
                if let Some(news) = self.twin.next_news(which) {
                    let mut is_applied = false;
                    for _ in 0..times {
                        is_applied |= payment::take(market, &self.twin, &news).await.is_ok();
                    }
                    self.twin.delivered(news, is_applied);
                }
            }
            Step::DeliverAgain(which) => {
                if let Some(news) = self.twin.old_news(which) {
                    // It was applied before, and the provider may be out of reach.
                    let _ = payment::take(market, &self.twin, &news).await;
                }
            }
            Step::CatchUp => self.catch_up().await,
            Step::Work => {
                self.work().await;
                while refill::watch(market, Some(&self.twin)).await.expect("watches") {}
            }
            Step::Wait(minutes) => self.wait(Duration::minutes(minutes)).await,
        }
    }

    async fn spend(&mut self) {
        let cents = self.available().await.0 / 2;
        if cents > 0 {
            let mut tx = self.app.market.begin().await.expect("begins");
            let wallet = Account::wallet(&self.actor.team);
            let entry = Entry::nth(Reason::Feature, "job", &market::id::random("x")).debit(wallet, Money(cents));
            ledger::post(&mut tx, &entry.credit(Account::fees(), Money(cents))).await.expect("is there");
            tx.commit().await.expect("commits");
            self.spent += cents;
        }
    }

    async fn save_card(&self, is_good: bool) {
        let market = &self.app.market;
        let set_up = refill::set_up(market, &self.twin, &self.actor, &REFILL).await;
        let page = match set_up {
            Ok(refill) if refill.card.is_some() => refill::change_card(market, &self.twin, &self.actor).await,
            set_up => set_up,
        };
        if let Ok(Some(page)) = page.map(|refill| refill.page) {
            self.twin.save_card(&page, is_good);
        }
    }

    async fn catch_up(&self) {
        payment::catch_up(&self.app.market, &self.twin).await.expect("catches up");
        self.twin.was_caught_up_with();
    }

    async fn work(&self) {
        let market = &self.app.market;
        while deposit::reconcile(market, &self.twin).await.expect("asks") {}
        while payee::reconcile(market, &self.twin).await.expect("asks") {}
        while payout::advance_due(market, &self.twin).await.expect("advances") {}
    }

    /// Lets time pass and timers run. The letters stay where they are: sending them would take most of the test's time.
    async fn wait(&self, span: Duration) {
        self.app.pass(span);
        timer::run_due(&self.app.market).await.expect("the timers run");
    }

    /// Lets days pass without new trouble, until what was lost is found. Returns true if our money is then that of the provider.
    async fn settles(&self) -> bool {
        self.twin.has_luck(Vec::new());
        for _ in 0..ROUNDS_MAX {
            self.catch_up().await;
            self.work().await;
            self.wait(Duration::hours(25)).await;
            self.work().await;
            let (wallet, debt, on_the_way) = self.balances().await;
            assert!(wallet == Money::ZERO || debt == Money::ZERO, "{wallet} while {debt} is owed");
            let is_all = wallet.0 + debt.0 + on_the_way.0 == self.twin.holds_for_us() - self.spent;
            if is_all && on_the_way.0 == self.twin.in_accounts() {
                return true;
            }
        }
        false
    }

    /// The balances of wallet and debt, and the money on its way to banks.
    async fn balances(&self) -> (Money, Money, Money) {
        let conn = &mut self.app.read().await;
        let wallet = ledger::balance(conn, &Account::wallet(&self.actor.team)).await.expect("a balance");
        let debt = ledger::balance(conn, &Account::debt(&self.actor.team)).await.expect("a balance");
        (wallet, debt, read!(self.app, payout::on_the_way(&self.actor)).expect("sums"))
    }
}

both! {
    async fn a_payout_account_whose_news_were_lost_is_looked_up(app) {
        let (twin, actor) = (Twin::default(), app.resident("worker").await);
        payee::connect(&app.market, &twin, &actor).await.expect("connects");
        for (hours, state) in [(0, payee::State::Onboarding), (7, payee::State::Ready)] {
            app.pass(Duration::hours(hours));
            while payee::reconcile(&app.market, &twin).await.expect("asks") {}
            assert_eq!(read!(app, payee::show(twin::NAME, &actor)).expect("reads").state, state, "after {hours} hours");
        }
    }

    async fn lost_answers_and_random_news_end_in_the_money_that_the_provider_holds(app) {
        let cases = std::env::var("PAYMENT_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[11; 32]);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let strategy = (steps(), lucks());
        let stories: Vec<Story> = (0..cases).map(|_| strategy.new_tree(&mut runner).expect("a story").current()).collect();
        let mut plays = JoinSet::new();
        for stories in stories.chunks(stories.len().div_ceil(PLAYS)) {
            plays.spawn(Play::begin(app.fresh().await).await.plays(stories.to_vec()));
        }
        plays.join_all().await;
    }
}
