//! A payment provider's news: late, twice and in any order, they end in the same money.

use market::deposit::{self, Deposit, Status, Step};
use market::ledger::{self, Account, Entry, Reason};
use market::payment::{self, CheckoutNews, Content, News, Outcome, ReversalNews, ReversalState};
use market::{Actor, Money};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use testkit::{TestApp, act, both, read};

const AMOUNT: Money = Money(10_000);

fn news(id: &str, content: Content) -> News {
    News { id: id.into(), kind: "a.kind".into(), body: "{}".into(), content }
}

/// The news of the provider about a deposit's checkout.
fn checkout(deposit: &Deposit, step: Step) -> CheckoutNews {
    CheckoutNews {
        session: format!("cs_test_{}", deposit.id),
        reference: Some(deposit.id.to_string()),
        payment: matches!(step, Step::Pay | Step::Process | Step::Fail).then(|| payment_of(deposit)),
        total: Some(deposit.total()),
        currency: Some("USD".into()),
        step: Some(step),
    }
}

fn payment_of(deposit: &Deposit) -> String {
    format!("pi_{}", deposit.id)
}

fn reversal(deposit: &Deposit, id: &str, cents: i64, state: ReversalState) -> ReversalNews {
    ReversalNews { id: id.into(), payment: Some(payment_of(deposit)), amount: Money(cents), is_dispute: id.starts_with("dp"), state }
}

/// Receives it ten times; each time has the outcome of the first.
async fn receive(app: &TestApp, news: &News) -> Outcome {
    let first = act!(app, payment::receive(news)).expect("is received");
    for _ in 1..10 {
        assert_eq!(act!(app, payment::receive(news)).expect("is received again"), first);
    }
    first
}

async fn balances(app: &TestApp, actor: &Actor) -> (Money, Money) {
    let conn = &mut app.read().await;
    let wallet = ledger::balance(conn, &Account::wallet(&actor.team)).await.expect("a balance");
    (wallet, ledger::balance(conn, &Account::debt(&actor.team)).await.expect("a balance"))
}

async fn is_sound(app: &TestApp) {
    let audit = app.market.audit().await.expect("audits");
    assert!(audit.is_sound(), "{:?}", audit.findings);
}

async fn opened(app: &TestApp, name: &str) -> (Actor, Deposit) {
    let actor = app.member(name).await;
    let deposit = app.deposit(&actor, AMOUNT.0).await.expect("starts");
    (actor, deposit)
}

/// Takes money out of a wallet, as a job would.
async fn spend(app: &TestApp, actor: &Actor, cents: i64) {
    let mut tx = app.market.begin().await.expect("begins");
    let entry = Entry::nth(Reason::Feature, "job", &market::id::random("x")).debit(Account::wallet(&actor.team), Money(cents));
    ledger::post(&mut tx, &entry.credit(Account::fees(), Money(cents))).await.expect("is there");
    tx.commit().await.expect("commits");
}

both! {
    async fn a_payment_is_credited_once(app) {
        let (actor, deposit) = opened(app, "payer").await;
        for (n, step) in [Step::Process, Step::Pay, Step::Expire, Step::Fail, Step::Process].into_iter().enumerate() {
            let said = news(&format!("evt_{n}"), Content::Checkout(checkout(&deposit, step)));
            assert_eq!(receive(app, &said).await, Outcome::Applied);
        }
        let paid = read!(app, deposit::own(&actor, &deposit.id)).expect("is there");
        assert_eq!((paid.status, paid.credited, paid.session.as_deref()), (Status::Paid, AMOUNT, Some(format!("cs_test_{}", deposit.id).as_str())));
        assert_eq!(balances(app, &actor).await, (AMOUNT, Money::ZERO));
        is_sound(app).await;
    }

    async fn money_that_comes_after_the_time_still_counts(app) {
        let (actor, deposit) = opened(app, "payer").await;
        app.advance(market::Duration::days(2)).await;
        assert_eq!(read!(app, deposit::own(&actor, &deposit.id)).expect("is there").status, Status::Expired);
        receive(app, &news("evt_1", Content::Checkout(checkout(&deposit, Step::Pay)))).await;
        assert_eq!(balances(app, &actor).await.0, AMOUNT);
        is_sound(app).await;
    }

    async fn a_bank_that_refuses_moves_nothing(app) {
        let (actor, deposit) = opened(app, "payer").await;
        receive(app, &news("evt_1", Content::Checkout(checkout(&deposit, Step::Process)))).await;
        let under_way = read!(app, deposit::under_way(&actor)).expect("reads");
        assert_eq!((under_way.count, under_way.amount), (1, AMOUNT));
        receive(app, &news("evt_2", Content::Checkout(checkout(&deposit, Step::Fail)))).await;
        assert_eq!(read!(app, deposit::own(&actor, &deposit.id)).expect("is there").status, Status::Failed);
        assert_eq!(balances(app, &actor).await, (Money::ZERO, Money::ZERO));
        is_sound(app).await;
    }

    async fn news_that_contradict_our_row_move_nothing(app) {
        let (actor, deposit) = opened(app, "payer").await;
        let right = checkout(&deposit, Step::Pay);
        let wrong = [
            CheckoutNews { total: Some(Money(AMOUNT.0 + 1)), ..right.clone() },
            CheckoutNews { total: None, ..right.clone() },
            CheckoutNews { currency: Some("EUR".into()), ..right.clone() },
            CheckoutNews { currency: None, ..right.clone() },
        ];
        for (n, checkout) in wrong.into_iter().enumerate() {
            assert_eq!(receive(app, &news(&format!("evt_{n}"), Content::Checkout(checkout))).await, Outcome::Refused);
        }
        for (n, reference) in [None, Some("cs_nobody".to_owned())].into_iter().enumerate() {
            let stranger = news(&format!("evt_other_{n}"), Content::Checkout(CheckoutNews { reference, ..right.clone() }));
            assert_eq!(receive(app, &stranger).await, Outcome::Ignored);
        }
        assert_eq!(balances(app, &actor).await.0, Money::ZERO);
        receive(app, &news("evt_right", Content::Checkout(right.clone()))).await;
        let other = CheckoutNews { session: "cs_test_another".into(), ..right };
        assert_eq!(receive(app, &news("evt_session", Content::Checkout(other))).await, Outcome::Refused);
        assert_eq!(balances(app, &actor).await.0, AMOUNT);
        is_sound(app).await;
    }

    async fn an_admin_reads_what_was_refused_and_old_news_are_forgotten(app) {
        let root = app.admin("root").await;
        let (actor, deposit) = opened(app, "payer").await;
        for n in 0..3 {
            let wrong = CheckoutNews { total: Some(Money(n)), ..checkout(&deposit, Step::Pay) };
            assert_eq!(receive(app, &news(&format!("evt_{n}"), Content::Checkout(wrong))).await, Outcome::Refused);
            app.pass(market::Duration::seconds(1));
        }
        receive(app, &news("evt_other", Content::Other)).await;
        let ids = |found: Vec<payment::RefusedNews>| found.into_iter().map(|news| news.id).collect::<Vec<_>>();
        assert_eq!(ids(read!(app, payment::refused(&root, None, 10)).expect("lists")), ["evt_2", "evt_1", "evt_0"]);
        assert_eq!(ids(read!(app, payment::refused(&root, Some("evt_2"), 1)).expect("lists")), ["evt_1"]);
        assert!(read!(app, payment::refused(&actor, None, 10)).is_err(), "for admins alone");
        let told = app.letters_to("root@example.com").await;
        assert_eq!(told.iter().filter(|mail| mail.subject == "An event of the payment provider was refused").count(), 3);
        app.pass(market::Duration::days(91));
        assert_eq!(act!(app, payment::forget_old()).expect("forgets"), 1, "what was refused stays");
        assert_eq!(ids(read!(app, payment::refused(&root, None, 10)).expect("lists")).len(), 3);
    }

    async fn a_chargeback_takes_what_is_there_and_the_rest_is_owed(app) {
        let (actor, deposit) = opened(app, "payer").await;
        receive(app, &news("evt_1", Content::Checkout(checkout(&deposit, Step::Pay)))).await;
        spend(app, &actor, 7_000).await;
        let dispute = |state| Content::Reversal(reversal(&deposit, "dp_1", AMOUNT.0 + 600, state));
        receive(app, &news("evt_2", dispute(ReversalState::Open))).await;
        assert_eq!(balances(app, &actor).await, (Money::ZERO, Money(-7_000)));
        assert_eq!(read!(app, deposit::own(&actor, &deposit.id)).expect("is there").taken_back(), AMOUNT);

        // The debt is paid by whatever comes in next.
        let next = app.deposit(&actor, 5_000).await.expect("starts");
        act!(app, deposit::pay(&next.id)).expect("pays");
        assert_eq!(balances(app, &actor).await, (Money::ZERO, Money(-2_000)));
        let last = app.deposit(&actor, 5_000).await.expect("starts");
        act!(app, deposit::pay(&last.id)).expect("pays");
        assert_eq!(balances(app, &actor).await, (Money(3_000), Money::ZERO));

        // The bank decides for us: all of it is back, and what was owed is not taken again.
        receive(app, &news("evt_3", dispute(ReversalState::Won))).await;
        assert_eq!(balances(app, &actor).await, (Money(13_000), Money::ZERO));
        receive(app, &news("evt_4", dispute(ReversalState::Lost))).await;
        assert_eq!(balances(app, &actor).await.0, Money(13_000), "a verdict is final");
        is_sound(app).await;
    }

    async fn a_refund_may_come_before_its_payment(app) {
        let (actor, deposit) = opened(app, "payer").await;
        let refund = |id: &str, cents, state| Content::Reversal(reversal(&deposit, id, cents, state));
        assert_eq!(receive(app, &news("evt_1", refund("re_1", 4_000, ReversalState::Open))).await, Outcome::Ignored);
        receive(app, &news("evt_2", Content::Checkout(checkout(&deposit, Step::Pay)))).await;
        assert_eq!(balances(app, &actor).await, (Money(6_000), Money::ZERO));
        // More than the amount: the fee was refunded too.
        receive(app, &news("evt_3", refund("re_2", 6_600, ReversalState::Open))).await;
        assert_eq!(balances(app, &actor).await, (Money::ZERO, Money::ZERO));
        receive(app, &news("evt_4", refund("re_1", 4_000, ReversalState::Won))).await;
        assert_eq!(balances(app, &actor).await, (Money(3_400), Money::ZERO));
        is_sound(app).await;
    }

    async fn a_repeated_request_finds_its_deposit(app) {
        let actor = app.member("payer").await;
        let new = |request: &str| deposit::NewDeposit { cents: 5_000, method: deposit::Method::Card, request: Some(request.into()), back: "" };
        let provider = payment::Sandbox::new("http://127.0.0.1".into());
        let first = deposit::open(&app.market, &provider, &actor, &new("one")).await.expect("opens");
        assert_eq!(deposit::open(&app.market, &provider, &actor, &new("one")).await.expect("finds"), first);
        assert_ne!(deposit::open(&app.market, &provider, &actor, &new("two")).await.expect("opens").id, first.id);
        assert_eq!(first.checkout_url.as_deref(), Some(format!("http://127.0.0.1/sandbox/checkout/{}", first.id).as_str()));
        let list = read!(app, deposit::list(&actor, market::Paging::new(Some(1), None).expect("a page"))).expect("lists");
        assert_eq!((list.total, list.items.len()), (2, 1));
    }

    async fn random_news_end_in_the_money_that_the_provider_holds(app) {
        let cases = std::env::var("PAYMENT_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
        let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
        let mut runner = TestRunner::new_with_rng(Config::default(), rng);
        let (mut actor, mut expected) = (app.member("payer").await, Money::ZERO);
        for case in 0..cases {
            // Stories leave open deposits behind, of which a team has not many.
            if case % STORIES_OF_A_PAYER == 0 {
                (actor, expected) = (app.member(&format!("payer{case}")).await, Money::ZERO);
            }
            let heard = stories().new_tree(&mut runner).expect("a story").current();
            expected = Money(expected.0 + played(app, &actor, case, &heard).await.0);
            let (wallet, debt) = balances(app, &actor).await;
            assert_eq!(Money(wallet.0 + debt.0), expected, "{heard:?}");
            assert!(wallet == Money::ZERO || debt == Money::ZERO, "{wallet} while {debt} is owed");
        }
        is_sound(app).await;
    }
}

/// The stories of one payer.
const STORIES_OF_A_PAYER: usize = 200;

/// One piece of news of a story, by its kind.
#[derive(Clone, Copy, Debug)]
enum Said {
    Step(Step),
    Reversal(usize, i64, ReversalState),
    Spend,
    LookUp,
}

fn stories() -> impl Strategy<Value = Vec<Said>> {
    let step = prop_oneof![1 => Just(Step::Process), 3 => Just(Step::Pay), 1 => Just(Step::Fail), 1 => Just(Step::Expire), 1 => Just(Step::Cancel)];
    let state = prop_oneof![2 => Just(ReversalState::Open), 1 => Just(ReversalState::Lost), 1 => Just(ReversalState::Won)];
    let one = prop_oneof![
        4 => step.prop_map(Said::Step),
        // Of each refund or dispute the amount is always the same, as the provider has it.
        3 => (0_usize..3, state).prop_map(|(n, state)| Said::Reversal(n, [3_000, 4_500, 12_000][n], state)),
        1 => Just(Said::Spend),
        1 => Just(Said::LookUp),
    ];
    prop::collection::vec(one, 1..14)
}

/// Plays a story and returns what it adds to wallet and debt, as a model of the provider has it.
async fn played(app: &TestApp, actor: &Actor, case: usize, story: &[Said]) -> Money {
    let deposit = app.deposit(actor, AMOUNT.0).await.expect("starts");
    let (mut is_paid, mut spent, mut states) = (false, 0, [None::<ReversalState>; 3]);
    for (n, said) in story.iter().enumerate() {
        let id = format!("evt_{case}_{n}");
        match *said {
            Said::Step(step) => {
                is_paid |= step == Step::Pay;
                receive(app, &news(&id, Content::Checkout(checkout(&deposit, step)))).await;
            }
            Said::Reversal(which, cents, state) => {
                let kept = states[which].filter(|state| *state != ReversalState::Open);
                states[which] = Some(kept.unwrap_or(state));
                let reversal = reversal(&deposit, &format!("re_{case}_{which}"), cents, state);
                receive(app, &news(&id, Content::Reversal(reversal))).await;
            }
            Said::Spend => {
                let there = balances(app, actor).await.0.0 / 2;
                if there > 0 {
                    spend(app, actor, there).await;
                    spent += there;
                }
            }
            Said::LookUp => {
                let step = if is_paid { Step::Pay } else { Step::Process };
                act!(app, payment::look_up(&checkout(&deposit, step))).expect("is looked up");
            }
        }
    }
    let sums = [3_000, 4_500, 12_000];
    let gone: i64 =
        states.iter().zip(sums).filter(|(state, _)| state.is_some_and(|state| state != ReversalState::Won)).map(|(_, cents)| cents).sum();
    Money(if is_paid { (AMOUNT.0 - gone).max(0) } else { 0 } - spent)
}
