//! Payees: who may choose one, how its state is learned, and a provider that the server does not use any more.

use crate::payment_random::twin::{self, Twin};
use crate::payout::{asked, new, payee_of, sandbox};
use market::payee::{self, Payee, State};
use market::payment::{self, AccountNews, Content, News, Outcome, TestBank};
use market::payout::NewPayout;
use market::{Actor, Duration, Kind, Money, Paging, Time};
use testkit::team::refused;
use testkit::{TestApp, act, both, read};

/// A member with an account at the twin, whose state nobody looked up.
async fn connected(app: &TestApp, twin: &Twin) -> (Actor, String) {
    let actor = app.resident("worker").await;
    let connected = payee::connect(&app.market, twin, &actor).await.expect("connects");
    (actor, connected.payee.account.expect("an account"))
}

async fn shown(app: &TestApp, provider: &str, actor: &Actor) -> Payee {
    read!(app, payee::show(provider, actor)).expect("reads")
}

fn news(id: &str, content: Content) -> News {
    News { id: id.into(), kind: "account.updated".into(), body: "{}".into(), content }
}

/// The answer to a question of this time.
fn answer(account: &str, state: State, asked_at: Time) -> Content {
    Content::Account { news: AccountNews { account: account.into(), state, missing: Vec::new() }, asked_at }
}

both! {
    async fn money_leaves_by_a_scope_of_its_own(app) {
        let ada = payee_of(app, "ada", TestBank::Good).await;
        let wide = app.key(&ada, &["wallet:*", "jobs:*", "agents:*"]).await;
        let bot = app.holder(&wide.secret).await.expect("works");
        refused(act!(app, payout::ask(&bot, &new(1_000))), Kind::Forbidden, "missing_scope");
        refused(act!(app, payee::set_weekly(payment::SANDBOX, &bot, true)), Kind::Forbidden, "missing_scope");
        refused(payee::connect(&app.market, &sandbox(), &bot).await, Kind::Forbidden, "missing_scope");
        assert_eq!(shown(app, payment::SANDBOX, &bot).await.state, State::Ready, "it may see them");
        assert_eq!(read!(app, payout::payable(&bot)).expect("reads").now, Money(10_000));

        let cashier = app.key(&ada, &["payouts:write"]).await;
        let cashier = app.holder(&cashier.secret).await.expect("works");
        asked(app, &cashier, 1_000).await;
        act!(app, payee::set_weekly(payment::SANDBOX, &cashier, true)).expect("is on");
        refused(read!(app, payout::list(&cashier, Paging::first(20))), Kind::Forbidden, "missing_scope");

        let labs = app.shared(&ada, "Labs").await;
        let developer = app.joined(&labs, "dev", market::role::DEVELOPER).await;
        refused(act!(app, payout::ask(&developer, &new(1_000))), Kind::Forbidden, "missing_permission");
        let admin = app.joined(&labs, "admin", market::role::ADMIN).await;
        refused(act!(app, payout::ask(&admin, &new(1_000))), Kind::Conflict, "payout_account_not_ready");
    }

    async fn old_news_of_an_account_undo_nothing(app) {
        let twin = Twin::default();
        let (actor, account) = connected(app, &twin).await;
        let take = async |id: &str| payment::take(&app.market, &twin, &news(id, Content::AccountChange(account.clone()))).await;
        twin.account_is(State::Restricted);
        assert_eq!(take("evt_1").await.expect("is taken"), Outcome::Applied);
        assert_eq!(shown(app, twin::NAME, &actor).await.state, State::Restricted);
        twin.account_is(State::Ready);
        // The news of the older state come last: what counts is the answer at that time.
        assert_eq!(take("evt_3").await.expect("is taken"), Outcome::Applied);
        assert_eq!(take("evt_2").await.expect("is taken"), Outcome::Applied);
        assert_eq!(shown(app, twin::NAME, &actor).await.state, State::Ready);
        let lookups = twin.lookups();
        assert_eq!(take("evt_1").await.expect("is known"), Outcome::Applied);
        let stranger = news("evt_4", Content::AccountChange("acct_stranger".into()));
        assert_eq!(payment::take(&app.market, &twin, &stranger).await.expect("is taken"), Outcome::Ignored);
        assert_eq!(twin.lookups(), lookups, "the provider is asked neither about strangers nor twice about one event");
    }

    async fn of_two_answers_the_one_to_the_later_question_holds(app) {
        let (actor, account) = connected(app, &Twin::default()).await;
        let (early, late) = (app.now().after(Duration::seconds(1)), app.now().after(Duration::seconds(2)));
        let receive = async |id: &str, content| act!(app, payment::receive(&news(id, content))).expect("is received");
        receive("evt_2", answer(&account, State::Ready, late)).await;
        receive("evt_1", answer(&account, State::Restricted, early)).await;
        assert_eq!(shown(app, twin::NAME, &actor).await.state, State::Ready);
        receive("evt_3", answer(&account, State::Restricted, late.after(Duration::ms(1)))).await;
        assert_eq!(shown(app, twin::NAME, &actor).await.state, State::Restricted);
        let letters = app.letters_to("worker@example.com").await;
        assert_eq!(letters.iter().filter(|letter| letter.subject.starts_with("Your payout account")).count(), 2);
    }

    async fn a_provider_is_asked_about_a_payee_once_a_minute(app) {
        let twin = Twin::default();
        let (actor, _) = connected(app, &twin).await;
        for _ in 0..5 {
            payee::refresh(&app.market, &twin, &actor).await.expect("reads");
        }
        assert_eq!(twin.lookups(), 1);
        twin.account_is(State::Restricted);
        app.pass(Duration::seconds(59));
        assert_eq!(payee::refresh(&app.market, &twin, &actor).await.expect("reads").state, State::Ready);
        app.pass(Duration::seconds(1));
        assert_eq!(payee::refresh(&app.market, &twin, &actor).await.expect("reads").state, State::Restricted);
        assert_eq!(twin.lookups(), 2);
    }

    async fn an_account_at_another_provider_is_paid_nothing(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        act!(app, payee::set_weekly(payment::SANDBOX, &actor, true)).expect("is on");
        let moved = app.with_rules(|rules| rules.payment_provider = Some(twin::NAME.into()));
        let payee = shown(&moved, twin::NAME, &actor).await;
        assert_eq!((payee.state, payee.account.as_deref(), payee.is_weekly), (State::Elsewhere, None, true));
        let by_hand = NewPayout { cents: 1_000, provider: twin::NAME };
        let error = act!(moved, payout::ask(&actor, &by_hand)).expect_err("is elsewhere");
        assert!(error.code == "payout_account_not_ready" && error.message.contains("connects one again"), "{error:?}");
        moved.advance(Duration::days(7)).await;
        let count = async || read!(moved, payout::list(&actor, Paging::first(20))).expect("lists").total;
        assert_eq!(count().await, 0, "nothing is paid to the old account");

        let twin = Twin::default();
        payee::connect(&moved.market, &twin, &actor).await.expect("connects again");
        payee::refresh(&moved.market, &twin, &actor).await.expect("is ready");
        moved.advance(Duration::days(7)).await;
        let paid = read!(moved, payout::list(&actor, Paging::first(20))).expect("lists").items;
        assert_eq!(paid.iter().map(|one| (one.provider.as_str(), one.amount)).collect::<Vec<_>>(), [(twin::NAME, Money(10_000))]);
        let none = moved.with_rules(|rules| rules.payment_provider = None);
        none.fund(&actor, Money(1_000)).await;
        none.advance(Duration::days(7)).await;
        assert_eq!(count().await, 1, "a server without a provider pays nothing out");
    }

    async fn weekly_payouts_to_an_account_elsewhere_can_be_stopped(app) {
        let actor = payee_of(app, "worker", TestBank::Good).await;
        act!(app, payee::set_weekly(payment::SANDBOX, &actor, true)).expect("is on");
        assert!(!act!(app, payee::set_weekly(twin::NAME, &actor, false)).expect("is off").is_weekly);
        refused(act!(app, payee::set_weekly(twin::NAME, &actor, true)), Kind::Conflict, "payout_account_not_ready");
    }
}
