//! Automatic refill: a low balance is told and refilled by a saved card, one charge at a time, within its limits.

use market::deposit::Status;
use market::ledger::{self, Account, Entry, Reason};
use market::payment::{CardRefusal, Sandbox, TestCard};
use market::refill::{self, CHARGES_A_DAY_MAX, NewRefill, Refill, State};
use market::{Actor, Duration, Kind, Money};
use testkit::{TestApp, act, both, read};

fn sandbox() -> Sandbox {
    Sandbox::new("http://127.0.0.1".into())
}

const USUAL: NewRefill = NewRefill { threshold: 5_000, amount: 10_000, monthly_limit: None, is_enabled: true };

async fn set_up(app: &TestApp, actor: &Actor, new: &NewRefill) -> Refill {
    refill::set_up(&app.market, &sandbox(), actor, new).await.expect("is set up")
}

/// Sets a refill up and saves a card for it.
async fn with_card(app: &TestApp, actor: &Actor, card: TestCard, new: &NewRefill) {
    let page = set_up(app, actor, new).await.page.expect("a page");
    act!(app, refill::save_test_card(&page, card)).expect("is saved");
}

async fn watch(app: &TestApp) {
    while refill::watch(&app.market, Some(&sandbox())).await.expect("watches") {}
}

async fn available(app: &TestApp, actor: &Actor) -> Money {
    ledger::balance(&mut app.read().await, &Account::wallet(&actor.team)).await.expect("a balance")
}

async fn shown(app: &TestApp, actor: &Actor) -> (Refill, Money) {
    read!(app, refill::show(actor)).expect("reads").expect("is set up")
}

async fn spend(app: &TestApp, actor: &Actor, cents: i64) {
    let mut tx = app.market.begin().await.expect("begins");
    let entry = Entry::nth(Reason::Feature, "job", &market::id::random("x")).debit(Account::wallet(&actor.team), Money(cents));
    ledger::post(&mut tx, &entry.credit(Account::fees(), Money(cents))).await.expect("is there");
    tx.commit().await.expect("commits");
}

async fn told(app: &TestApp, actor: &Actor) -> Vec<String> {
    app.happenings(actor.team.as_str())
        .await
        .into_iter()
        .filter(|name| name.starts_with("credits.") || name.starts_with("refill."))
        .collect()
}

both! {
    async fn a_saved_card_is_charged_below_the_threshold(app) {
        let actor = app.resident("payer").await;
        app.fund(&actor, Money(6_000)).await;
        let first = set_up(app, &actor, &USUAL).await;
        assert_eq!(first.state(app.now()), State::NeedsCard);
        assert_eq!(set_up(app, &actor, &USUAL).await.page, first.page, "the page is opened once");
        act!(app, refill::save_test_card(first.page.as_deref().expect("a page"), TestCard::Good)).expect("is saved");
        watch(app).await;
        assert_eq!(available(app, &actor).await, Money(6_000), "enough is there");
        spend(app, &actor, 1_001).await;
        watch(app).await;
        assert_eq!(available(app, &actor).await, Money(14_999));
        watch(app).await;
        assert_eq!(available(app, &actor).await, Money(14_999), "it is charged once");
        let (refill, charged) = shown(app, &actor).await;
        assert_eq!((refill.state(app.now()), charged, refill.low_since), (State::Ready, Money(10_000), None));
        let charges = read!(app, refill::charges(&actor)).expect("lists");
        assert_eq!(charges.iter().map(|charge| charge.status).collect::<Vec<_>>(), [Status::Paid]);
        assert_eq!(told(app, &actor).await, ["refill.changed", "refill.changed", "refill.card_saved", "credits.low_balance"]);
        assert!(app.market.audit().await.expect("audits").is_sound());
    }

    async fn a_low_balance_is_told_even_if_nothing_is_charged(app) {
        let actor = app.resident("payer").await;
        app.fund(&actor, Money(6_000)).await;
        set_up(app, &actor, &NewRefill { is_enabled: false, ..USUAL }).await;
        spend(app, &actor, 2_000).await;
        watch(app).await;
        watch(app).await;
        assert_eq!(available(app, &actor).await, Money(4_000));
        let told_once = told(app, &actor).await;
        assert_eq!(told_once.iter().filter(|name| *name == "credits.low_balance").count(), 1);
        assert_eq!(app.letters_to("payer@example.com").await.iter().filter(|letter| letter.subject == "Your wallet is low").count(), 1);
        // Above the threshold and below it again: told again.
        app.fund(&actor, Money(6_000)).await;
        watch(app).await;
        spend(app, &actor, 6_000).await;
        watch(app).await;
        assert_eq!(told(app, &actor).await.iter().filter(|name| *name == "credits.low_balance").count(), 2);
    }

    async fn a_card_that_is_refused_switches_it_off(app) {
        let actor = app.resident("payer").await;
        with_card(app, &actor, TestCard::Refusing, &USUAL).await;
        watch(app).await;
        watch(app).await;
        let (refill, charged) = shown(app, &actor).await;
        assert_eq!((refill.state(app.now()), refill.off_reason, charged), (State::Off, Some(CardRefusal::Declined), Money::ZERO));
        assert_eq!(available(app, &actor).await, Money::ZERO);
        assert_eq!(read!(app, refill::charges(&actor)).expect("lists").len(), 1, "it is tried once");
        assert!(told(app, &actor).await.contains(&"refill.stopped".to_owned()));
        assert!(app.letters_to("payer@example.com").await.iter().any(|letter| letter.subject == "Automatic refill is off"));
        // Another card, and it goes on.
        let page = refill::change_card(&app.market, &sandbox(), &actor).await.expect("opens").page.expect("a page");
        act!(app, refill::save_test_card(&page, TestCard::Good)).expect("is saved");
        assert_eq!(shown(app, &actor).await.0.state(app.now()), State::Off, "a person switches it on again");
        set_up(app, &actor, &USUAL).await;
        watch(app).await;
        assert_eq!(available(app, &actor).await, Money(10_000));
    }

    async fn limits_of_the_month_and_the_day_hold(app) {
        let actor = app.resident("payer").await;
        with_card(app, &actor, TestCard::Good, &NewRefill { threshold: 5_000, amount: 1_000, monthly_limit: Some(2_500), is_enabled: true }).await;
        watch(app).await;
        watch(app).await;
        watch(app).await;
        assert_eq!(available(app, &actor).await, Money(2_000), "a third charge would pass 25.00");
        assert_eq!(shown(app, &actor).await.0.state(app.now()), State::Paused);
        app.advance(Duration::days(32)).await;
        watch(app).await;
        watch(app).await;
        watch(app).await;
        assert_eq!(available(app, &actor).await, Money(4_000), "the next month has a limit of its own");

        let other = app.member("other").await;
        with_card(app, &other, TestCard::Good, &NewRefill { threshold: 100_000, amount: 500, monthly_limit: None, is_enabled: true }).await;
        for _ in 0..2 * CHARGES_A_DAY_MAX {
            watch(app).await;
        }
        assert_eq!(available(app, &other).await, Money(500 * CHARGES_A_DAY_MAX));
        assert!(told(app, &other).await.contains(&"refill.paused".to_owned()));
    }

    async fn settings_are_checked(app) {
        let actor = app.resident("payer").await;
        for (new, field) in [
            (NewRefill { amount: 499, ..USUAL }, "amount"),
            (NewRefill { amount: 1_000_001, ..USUAL }, "amount"),
            (NewRefill { threshold: 0, ..USUAL }, "threshold"),
            (NewRefill { threshold: -1, ..USUAL }, "threshold"),
            (NewRefill { threshold: 1_000_001, ..USUAL }, "threshold"),
            (NewRefill { monthly_limit: Some(9_999), ..USUAL }, "monthly_limit"),
        ] {
            let error = refill::set_up(&app.market, &sandbox(), &actor, &new).await.expect_err(field);
            assert_eq!((error.kind, &*error.fields[0].name), (Kind::Invalid, field));
        }
        assert_eq!(read!(app, refill::show(&actor)).expect("reads"), None);
        let error = act!(app, refill::switch_off(&actor)).expect_err("nothing to switch off");
        assert_eq!(error.kind, Kind::NotFound);
    }

    async fn a_forgotten_card_is_charged_no_more(app) {
        let actor = app.resident("payer").await;
        with_card(app, &actor, TestCard::Good, &USUAL).await;
        act!(app, refill::forget_card(&actor)).expect("is forgotten");
        watch(app).await;
        let (refill, _) = shown(app, &actor).await;
        assert_eq!((refill.state(app.now()), refill.card_label), (State::Off, None));
        assert_eq!(available(app, &actor).await, Money::ZERO);
        let error = act!(app, refill::save_test_card("card_page_unknown", TestCard::Good)).expect_err("no page");
        assert_eq!(error.kind, Kind::NotFound);
    }
}
