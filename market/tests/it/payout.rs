//! Payouts: money leaves the wallet once, stands on an account of its own on its way, and comes back if the bank does not take it.

use market::ledger::{self, Account, Purpose};
use market::payee::{self, State as PayeeState};
use market::payment::{self, BankState, Content, News, Outcome, PayoutNews, ReversalNews, ReversalState, Sandbox, TestBank, TransferNews};
use market::payout::{self, NewPayout, Payout, State, UNDER_WAY_MAX};
use market::{Actor, Duration, Kind, Money, Paging};
use testkit::{TestApp, act, both, read};

pub(crate) fn sandbox() -> Sandbox {
    Sandbox::new("http://127.0.0.1".into())
}

/// A member with money and an account at a bank.
pub(crate) async fn payee_of(app: &TestApp, name: &str, bank: TestBank) -> Actor {
    let actor = app.resident(name).await;
    app.fund(&actor, Money(10_000)).await;
    let connected = payee::connect(&app.market, &sandbox(), &actor).await.expect("connects");
    let account = connected.payee.account.expect("an account");
    assert_eq!(connected.url, format!("http://127.0.0.1/sandbox/bank/{account}"));
    act!(app, payee::test_bank(&account, bank)).expect("connects a bank");
    actor
}

pub(crate) const fn new(cents: i64) -> NewPayout<'static> {
    NewPayout { cents, provider: payment::SANDBOX }
}

pub(crate) async fn asked(app: &TestApp, actor: &Actor, cents: i64) -> Payout {
    act!(app, payout::ask(actor, &new(cents))).expect("is asked for")
}

pub(crate) async fn work(app: &TestApp) {
    while payout::advance_due(&app.market, &sandbox()).await.expect("advances") {}
}

pub(crate) async fn state(app: &TestApp, actor: &Actor, payout: &Payout) -> State {
    read!(app, payout::own(actor, &payout.id)).expect("is there").state
}

/// The balances of the wallet and of the payout's own account.
pub(crate) async fn balances(app: &TestApp, actor: &Actor, payout: &Payout) -> (Money, Money) {
    let conn = &mut app.read().await;
    let wallet = ledger::balance(conn, &Account::wallet(&actor.team)).await.expect("a balance");
    let way = Account::of(Purpose::Payout, "payout", payout.id.as_str(), &actor.team);
    (wallet, ledger::balance(conn, &way).await.expect("a balance"))
}

pub(crate) async fn is_sound(app: &TestApp) {
    let audit = app.market.audit().await.expect("audits");
    assert!(audit.is_sound(), "{:?}", audit.findings);
}

/// Receives news ten times; each time has the outcome of the first.
pub(crate) async fn receive(app: &TestApp, id: &str, content: Content) -> Outcome {
    let news = News { id: id.into(), kind: "a.kind".into(), body: "{}".into(), content };
    let first = act!(app, payment::receive(&news)).expect("is received");
    for _ in 1..10 {
        assert_eq!(act!(app, payment::receive(&news)).expect("is received again"), first);
    }
    first
}

pub(crate) fn bank(payout: &Payout, state: BankState) -> Content {
    let (reference, transfer) = (Some(payout.id.to_string()), Some(format!("tr_{}", payout.id)));
    let account = Some(payout.account.clone());
    Content::Payout(PayoutNews { bank_payment: format!("po_at_{}", payout.id), account, reference, transfer, state })
}

both! {
    async fn a_payout_leaves_the_wallet_and_arrives(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        assert_eq!((payout.state, balances(app, &actor, &payout).await), (State::Asked, (Money(6_000), Money(4_000))));
        is_sound(app).await;
        work(app).await;
        assert_eq!(state(app, &actor, &payout).await, State::Sent);
        assert_eq!(read!(app, payout::on_the_way(&actor)).expect("sums"), Money(4_000));
        app.advance(Duration::minutes(2)).await;
        work(app).await;
        assert_eq!((state(app, &actor, &payout).await, balances(app, &actor, &payout).await), (State::Paid, (Money(6_000), Money::ZERO)));
        assert_eq!(app.happenings(payout.id.as_str()).await, ["payout.asked", "payout.sent", "payout.paid"]);
        is_sound(app).await;
    }

    async fn a_bank_that_refuses_sends_the_money_back(app) {
        let actor = payee_of(app, "worker", TestBank::Refusing).await;
        let payout = asked(app, &actor, 4_000).await;
        for _ in 0..4 {
            work(app).await;
            app.advance(Duration::minutes(2)).await;
        }
        let found = read!(app, payout::own(&actor, &payout.id)).expect("is there");
        assert_eq!((found.state, found.reason.as_deref()), (State::Returned, Some("the test bank refuses every payout.")));
        assert_eq!(balances(app, &actor, &payout).await, (Money(10_000), Money::ZERO));
        assert!(app.letters_to("worker@example.com").await.iter().any(|letter| letter.subject == "A payout came back"));
        is_sound(app).await;
    }

    async fn a_bank_may_send_back_what_it_took(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        let Content::Payout(news) = bank(&payout, BankState::Paid) else { unreachable!("it is about a payout") };
        let others = PayoutNews { account: Some("acct_other".into()), ..news };
        assert_eq!(receive(app, "evt_0", Content::Payout(others)).await, Outcome::Ignored, "another account names our payout");
        assert_eq!(receive(app, "evt_1", bank(&payout, BankState::Paid)).await, Outcome::Applied);
        assert_eq!(balances(app, &actor, &payout).await, (Money(6_000), Money::ZERO));
        receive(app, "evt_2", bank(&payout, BankState::Failed(Some("the account is closed.".into())))).await;
        assert_eq!(state(app, &actor, &payout).await, State::Returning);
        is_sound(app).await;
        receive(app, "evt_3", bank(&payout, BankState::Paid)).await;
        assert_eq!(state(app, &actor, &payout).await, State::Returning, "late news of the payment change nothing");
        work(app).await;
        assert_eq!((state(app, &actor, &payout).await, balances(app, &actor, &payout).await), (State::Returned, (Money(10_000), Money::ZERO)));
        let transfer = format!("tr_{}", payout.id);
        let reversed = Content::Transfer(TransferNews { transfer, reference: None, reversed: Money(4_000) });
        receive(app, "evt_4", reversed).await;
        assert_eq!(balances(app, &actor, &payout).await.0, Money(10_000), "it comes back once");
        is_sound(app).await;
    }

    async fn a_failure_that_overtakes_our_answer_waits_for_the_provider(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        let Content::Payout(news) = bank(&payout, BankState::Failed(None)) else { unreachable!("it is about a payout") };
        receive(app, "evt_1", Content::Payout(PayoutNews { transfer: None, ..news })).await;
        assert_eq!((state(app, &actor, &payout).await, balances(app, &actor, &payout).await.0), (State::Returning, Money(6_000)));
        work(app).await;
        assert_eq!((state(app, &actor, &payout).await, balances(app, &actor, &payout).await.0), (State::Returned, Money(10_000)));
        is_sound(app).await;
    }

    async fn a_reversal_that_overtakes_our_answer_is_known_by_our_name(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        let reference = Some(payout.id.to_string());
        let reversed = TransferNews { transfer: "tr_1".into(), reference, reversed: Money(4_000) };
        assert_eq!(receive(app, "evt_1", Content::Transfer(reversed.clone())).await, Outcome::Applied);
        assert_eq!((state(app, &actor, &payout).await, balances(app, &actor, &payout).await.0), (State::Returned, Money(10_000)));
        let another = TransferNews { transfer: "tr_2".into(), ..reversed };
        assert_eq!(receive(app, "evt_2", Content::Transfer(another)).await, Outcome::Ignored, "another transfer names our payout");
        is_sound(app).await;
    }

    async fn news_without_our_name_are_known_by_the_payment(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        receive(app, "evt_1", bank(&payout, BankState::UnderWay)).await;
        let Content::Payout(news) = bank(&payout, BankState::Paid) else { unreachable!("it is about a payout") };
        assert_eq!(receive(app, "evt_2", Content::Payout(PayoutNews { reference: None, ..news.clone() })).await, Outcome::Applied);
        assert_eq!(state(app, &actor, &payout).await, State::Paid);
        let other = PayoutNews { reference: None, bank_payment: "po_other".into(), ..news };
        assert_eq!(receive(app, "evt_3", Content::Payout(other)).await, Outcome::Ignored);
    }

    async fn a_transfer_that_the_operator_reverses_comes_back(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let payout = asked(app, &actor, 4_000).await;
        receive(app, "evt_1", bank(&payout, BankState::UnderWay)).await;
        let transfer = format!("tr_{}", payout.id);
        let reversed = |cents| Content::Transfer(TransferNews { transfer: transfer.clone(), reference: None, reversed: Money(cents) });
        receive(app, "evt_2", reversed(0)).await;
        assert_eq!(state(app, &actor, &payout).await, State::Sent);
        receive(app, "evt_3", reversed(4_000)).await;
        assert_eq!((state(app, &actor, &payout).await, balances(app, &actor, &payout).await.0), (State::Returned, Money(10_000)));
        let stranger = Content::Transfer(TransferNews { transfer: "tr_other".into(), reference: None, reversed: Money(4_000) });
        assert_eq!(receive(app, "evt_4", stranger).await, Outcome::Ignored);
        is_sound(app).await;
    }

    async fn a_payout_needs_an_account_an_address_and_the_money(app) {
        let rich = app.member("rich").await;
        app.fund(&rich, Money(10_000)).await;
        let none = act!(app, payout::ask(&rich, &new(1_000))).expect_err("no account");
        assert_eq!(none.code, "payout_account_not_ready");
        let account = payee::connect(&app.market, &sandbox(), &rich).await.expect("connects").payee.account.expect("an account");
        assert_eq!(act!(app, payout::ask(&rich, &new(1_000))).expect_err("not filled in").code, "payout_account_not_ready");
        act!(app, payee::test_bank(&account, TestBank::Unfinished)).expect("connects a bank");
        let payee = read!(app, payee::show(payment::SANDBOX, &rich)).expect("reads");
        assert_eq!((payee.state, payee.missing_words()), (PayeeState::Restricted, vec!["external account".to_owned()]));
        assert_eq!(act!(app, payout::ask(&rich, &new(1_000))).expect_err("something is missing").code, "payout_account_not_ready");

        let newcomer = app.unverified("newcomer").await;
        assert_eq!(payee::connect(&app.market, &sandbox(), &newcomer).await.expect_err("not verified").kind, Kind::Forbidden);

        let actor = payee_of(app, "worker", TestBank::Good).await;
        for (cents, kind) in [(499, Kind::Invalid), (0, Kind::Invalid), (-5_000, Kind::Invalid), (10_001, Kind::InsufficientFunds)] {
            assert_eq!(act!(app, payout::ask(&actor, &new(cents))).expect_err("is refused").kind, kind, "{cents}");
        }
        let payout = asked(app, &actor, 500).await;
        assert_eq!(read!(app, payout::own(&rich, &payout.id)).expect_err("another team's").kind, Kind::NotFound);
        assert_eq!(read!(app, payout::list(&rich, Paging::first(20))).expect("lists").total, 0);
        is_sound(app).await;
    }

    async fn a_team_in_debt_is_not_paid_out(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        let deposit = app.deposit(&actor, 5_000).await.expect("starts");
        act!(app, deposit::pay(&deposit.id)).expect("pays");
        let payout = asked(app, &actor, 15_000).await;
        app.write(market::db::sql("update deposit set payment = 'pi_1' where id = $1").bind(&deposit.id)).await;
        let dispute = ReversalNews { id: "dp_1".into(), payment: Some("pi_1".into()), amount: Money(5_000), is_dispute: true, state: ReversalState::Open };
        receive(app, "evt_1", Content::Reversal(dispute)).await;
        app.fund(&actor, Money(4_000)).await;
        let error = act!(app, payout::ask(&actor, &new(500))).expect_err("owes 10.00");
        assert_eq!(error.code, "in_debt");
        // The payout that fails pays the debt first.
        receive(app, "evt_2", bank(&payout, BankState::Failed(None))).await;
        work(app).await;
        assert_eq!(balances(app, &actor, &payout).await.0, Money(14_000));
        is_sound(app).await;
    }

    async fn weekly_payouts_take_what_is_available(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        act!(app, payee::set_weekly(payment::SANDBOX, &actor, true)).expect("is on");
        app.advance(Duration::days(7)).await;
        let list = read!(app, payout::list(&actor, Paging::first(20))).expect("lists");
        assert_eq!(list.items.iter().map(|payout| payout.amount).collect::<Vec<_>>(), [Money(10_000)]);
        app.advance(Duration::days(7)).await;
        assert_eq!(read!(app, payout::list(&actor, Paging::first(20))).expect("lists").total, 1, "there was nothing to pay out");
        app.fund(&actor, Money(700)).await;
        act!(app, payee::set_weekly(payment::SANDBOX, &actor, false)).expect("is off");
        app.advance(Duration::days(14)).await;
        assert_eq!(read!(app, payout::list(&actor, Paging::first(20))).expect("lists").total, 1);
        is_sound(app).await;
    }

    async fn only_so_many_are_on_their_way(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        app.fund(&actor, Money(10_000)).await;
        for _ in 0..UNDER_WAY_MAX {
            asked(app, &actor, 500).await;
        }
        assert_eq!(act!(app, payout::ask(&actor, &new(500))).expect_err("too many").code, "too_many_payouts");
    }
}
