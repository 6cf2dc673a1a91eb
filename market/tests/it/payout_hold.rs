//! The money of a deposit waits before it can be paid out, because a bank may take it back.

use crate::payout::{asked, is_sound, new, payee_of, receive};
use market::ledger::{self, Account, Entry, Reason};
use market::payment::{self, Content, ReversalNews, ReversalState, TestBank};
use market::payout::{More, Payable};
use market::{Actor, Duration, Kind, Money, Paging};
use testkit::{TestApp, act, both, read};

/// A market that holds deposits for a week, and a member whose 100.00 are older than that.
async fn held(app: &TestApp) -> (TestApp, Actor) {
    let app = app.with_rules(|rules| rules.payout_hold = Duration::days(7));
    let actor = payee_of(&app, "worker", TestBank::Good).await;
    app.pass(Duration::days(8));
    (app, actor)
}

async fn payable(app: &TestApp, actor: &Actor) -> (i64, i64, Option<(i64, i64)>) {
    let Payable { available, now, more } = read!(app, payout::payable(actor)).expect("reads");
    (available.0, now.0, more.map(|More { at, amount }| (at.since(app.now()).as_ms() / 3_600_000, amount.0)))
}

/// Takes money out of a wallet, as a job would.
async fn spend(app: &TestApp, actor: &Actor, cents: i64) {
    let mut tx = app.market.begin().await.expect("begins");
    let entry = Entry::nth(Reason::Feature, "job", &market::id::random("x")).debit(Account::wallet(&actor.team), Money(cents));
    ledger::post(&mut tx, &entry.credit(Account::fees(), Money(cents))).await.expect("is there");
    tx.commit().await.expect("commits");
}

both! {
    async fn new_deposits_wait_a_week_and_older_money_does_not(app) {
        let (app, actor) = held(app).await;
        assert_eq!(payable(&app, &actor).await, (10_000, 10_000, None));
        app.fund(&actor, Money(5_000)).await;
        app.pass(Duration::days(1));
        app.fund(&actor, Money(3_000)).await;
        assert_eq!(payable(&app, &actor).await, (18_000, 10_000, Some((6 * 24, 15_000))));
        let error = act!(app, payout::ask(&actor, &new(10_001))).expect_err("is held");
        assert_eq!((error.kind, error.code.as_ref()), (Kind::Conflict, "payout_on_hold"));
        let (at, facts) = (app.now().after(Duration::days(6)), error.facts.clone().expect("facts"));
        assert_eq!((&facts["payable"], &facts["more_payable"], &facts["more_at"]), (&10_000.into(), &15_000.into(), &at.to_string().into()));
        assert!(error.message.contains("100.00 of the 180.00 USD") && error.message.contains(&format!("From {at}, 150.00 USD")), "{error:?}");
        assert_eq!(act!(app, payout::ask(&actor, &new(18_001))).expect_err("is too much").code, "insufficient_funds");
        asked(&app, &actor, 10_000).await;
        assert_eq!(payable(&app, &actor).await, (8_000, 0, Some((6 * 24, 5_000))));
        app.pass(Duration::ms(Duration::days(6).as_ms() - 1));
        assert_eq!(payable(&app, &actor).await.1, 0);
        app.pass(Duration::ms(1));
        assert_eq!(payable(&app, &actor).await, (8_000, 5_000, Some((24, 8_000))));
        app.pass(Duration::days(1));
        asked(&app, &actor, 8_000).await;
        is_sound(&app).await;
    }

    async fn money_that_was_spent_is_held_back_from_what_is_left(app) {
        let (app, actor) = held(app).await;
        for _ in 0..3 {
            app.fund(&actor, Money(6_000)).await;
            app.pass(Duration::days(1));
        }
        spend(&app, &actor, 25_000).await;
        // 30.00 are left, and 180.00 may be taken back. Two deposits have to be free before anything is.
        assert_eq!(payable(&app, &actor).await, (3_000, 0, Some((6 * 24, 3_000))));
        let error = act!(app, payout::ask(&actor, &new(500))).expect_err("is held");
        assert_eq!(error.code, "payout_on_hold");
        spend(&app, &actor, 3_000).await;
        assert_eq!(payable(&app, &actor).await, (0, 0, None));
        is_sound(&app).await;
    }

    async fn what_was_taken_back_of_a_deposit_is_not_held_twice(app) {
        let (app, actor) = held(app).await;
        let deposit = app.deposit(&actor, 5_000).await.expect("starts");
        act!(app, deposit::pay(&deposit.id)).expect("pays");
        app.write(market::db::sql("update deposit set payment = 'pi_1' where id = $1").bind(&deposit.id)).await;
        let refund = |cents| ReversalNews {
            id: format!("re_{cents}"),
            payment: Some("pi_1".into()),
            amount: Money(cents),
            is_dispute: false,
            state: ReversalState::Open,
        };
        receive(&app, "evt_1", Content::Reversal(refund(2_000))).await;
        assert_eq!(payable(&app, &actor).await, (13_000, 10_000, Some((7 * 24, 13_000))));
        receive(&app, "evt_2", Content::Reversal(refund(3_000))).await;
        assert_eq!(payable(&app, &actor).await, (10_000, 10_000, None));
        is_sound(&app).await;
    }

    async fn weekly_payouts_pay_what_they_may(app) {
        let (app, actor) = held(app).await;
        act!(app, payee::set_weekly(payment::SANDBOX, &actor, true)).expect("is on");
        app.fund(&actor, Money(4_000)).await;
        let amounts = async || {
            let list = read!(app, payout::list(&actor, Paging::first(20))).expect("lists");
            list.items.iter().map(|payout| payout.amount).collect::<Vec<_>>()
        };
        app.advance(Duration::days(6)).await;
        assert_eq!(amounts().await, [Money(10_000)]);
        app.advance(Duration::days(8)).await;
        assert_eq!(amounts().await, [Money(4_000), Money(10_000)]);
        is_sound(&app).await;
    }

    async fn a_deposit_that_comes_meanwhile_frees_nothing(app) {
        let (app, actor) = held(app).await;
        // Whichever is first: the deposit's 100.00 are seen with their row or not at all.
        for round in 0..8 {
            let deposit = app.deposit(&actor, 10_000).await.expect("starts");
            let payer = async { act!(app, deposit::pay(&deposit.id)).expect("pays") };
            let payee = async { act!(app, payout::ask(&actor, &new(10_001))).expect_err("may not leave") };
            let (_, error) = tokio::join!(payer, payee);
            assert!(["insufficient_funds", "payout_on_hold"].contains(&error.code.as_ref()), "{round}: {error:?}");
        }
        is_sound(&app).await;
    }
}
