//! Payouts whose answers and news are lost: none is sent twice, none is forgotten, none comes back twice.

use super::desk::Desk;
use market::payment::{BankState, Content, News, PayoutNews};
use market::payout::{NewPayout, Payout, State};
use market::{Duration, Money, payee};
use serde_json::json;
use testkit::{act, read};

/// A desk whose member has 100.00 and an account that takes payouts.
async fn ready() -> Desk {
    let desk = Desk::open().await;
    desk.app.fund(&desk.actor, Money(10_000)).await;
    let connected = payee::connect(&desk.app.market, &desk.stripe, &desk.actor).await.expect("connects");
    let page = connected.url.strip_prefix(&desk.fake.url).expect("the fake's page").to_owned();
    desk.fake.press(&format!("{page}/complete"), "").await;
    desk.after(Duration::hours(7)).await;
    desk.reconcile().await;
    let payee = read!(desk.app, payee::show("stripe", &desk.actor)).expect("reads");
    assert_eq!(payee.state, payee::State::Ready, "lost news of the account are found");
    desk
}

async fn ask(desk: &Desk) -> Payout {
    act!(desk.app, payout::ask(&desk.actor, &NewPayout { cents: 6_000, provider: "stripe" })).expect("is asked for")
}

async fn again(desk: &Desk, payout: &Payout) -> Payout {
    read!(desk.app, payout::own(&desk.actor, &payout.id)).expect("is there")
}

/// Takes the payouts further, after the pause that follows a failure.
async fn next(desk: &Desk) {
    desk.after(Duration::minutes(2)).await;
    desk.pay_out().await;
}

/// The bank decides; our server hears nothing.
async fn decide(desk: &Desk, status: &str) {
    let bank = desk.fake.objects("payout").await[0]["id"].clone();
    desk.fake.steer("payout", json!({ "payout": bank, "status": status })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_are_lost_send_nothing_twice() {
    let desk = ready().await;
    let payout = ask(&desk).await;
    desk.fake.act_and_fail("/v1/transfers").await;
    desk.pay_out().await;
    assert_eq!((again(&desk, &payout).await.state, desk.fake.sent().await), (State::Asked, (0, 1, 6_000)));
    desk.fake.act_and_fail("/v1/payouts").await;
    next(&desk).await;
    assert_eq!((again(&desk, &payout).await.state, desk.fake.sent().await), (State::Asked, (1, 1, 6_000)));
    next(&desk).await;
    assert_eq!((again(&desk, &payout).await.state, desk.fake.sent().await), (State::Sent, (1, 1, 6_000)));
    decide(&desk, "paid").await;
    next(&desk).await;
    assert_eq!(again(&desk, &payout).await.state, State::Sent, "a bank takes days, so it is not asked every time");
    desk.after(Duration::hours(6)).await;
    next(&desk).await;
    assert_eq!((again(&desk, &payout).await.state, desk.available().await), (State::Paid, Money(4_000)));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_never_come_and_refusals_before_any_act_send_once() {
    let desk = ready().await;
    let payout = ask(&desk).await;
    desk.fake.steer("trouble", json!({ "status": 503, "times": 3, "path": "/v1/transfers" })).await;
    desk.pay_out().await;
    assert_eq!((again(&desk, &payout).await.state, desk.fake.sent().await), (State::Asked, (0, 0, 0)));
    for path in ["/v1/transfers", "/v1/payouts"] {
        desk.fake.steer("trouble", json!({ "times": 1, "path": path })).await;
    }
    next(&desk).await;
    assert_eq!((again(&desk, &payout).await.state, desk.fake.sent().await), (State::Sent, (1, 1, 6_000)));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_after_the_payment_is_found_within_a_day() {
    let desk = ready().await;
    let payout = ask(&desk).await;
    desk.pay_out().await;
    decide(&desk, "paid").await;
    desk.after(Duration::hours(6)).await;
    next(&desk).await;
    assert_eq!(again(&desk, &payout).await.state, State::Paid);
    decide(&desk, "failed").await;
    desk.after(Duration::days(1)).await;
    next(&desk).await;
    next(&desk).await;
    let back = again(&desk, &payout).await;
    assert_eq!((back.state, back.reason.as_deref()), (State::Returned, Some("The bank account has been closed.")));
    assert_eq!((desk.available().await, desk.fake.sent().await.2), (Money(10_000), 0));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_that_overtakes_our_answer_reverses_a_transfer_that_we_do_not_know() {
    let desk = ready().await;
    let payout = ask(&desk).await;
    desk.fake.act_and_fail("/v1/payouts").await;
    desk.pay_out().await;
    let found = again(&desk, &payout).await;
    assert_eq!((found.state, found.transfer), (State::Asked, None));
    decide(&desk, "failed").await;
    let bank_payment = desk.fake.objects("payout").await[0]["id"].as_str().unwrap().to_owned();
    let (account, reference) = (Some(payout.account.clone()), Some(payout.id.to_string()));
    let said = PayoutNews { bank_payment, account, reference, transfer: None, state: BankState::Failed(None) };
    let news = News { id: "evt_1".into(), kind: "payout.failed".into(), body: "{}".into(), content: Content::Payout(said) };
    act!(desk.app, payment::receive(&news)).expect("is received");
    assert_eq!((again(&desk, &payout).await.state, desk.available().await), (State::Returning, Money(4_000)));
    // The reversal's own answer is lost too.
    desk.fake.act_and_fail("/v1/transfers").await;
    desk.pay_out().await;
    next(&desk).await;
    assert_eq!((again(&desk, &payout).await.state, desk.available().await), (State::Returned, Money(10_000)));
    assert_eq!(desk.fake.sent().await, (1, 1, 0));
    desk.catch_up().await;
    assert_eq!(desk.available().await, Money(10_000), "it comes back once");
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balance_that_is_too_low_delays_a_payout_and_ends_it_after_days() {
    let desk = ready().await;
    desk.fake.steer("balance", json!({ "available": 5_999 })).await;
    let payout = ask(&desk).await;
    desk.pay_out().await;
    next(&desk).await;
    assert_eq!((again(&desk, &payout).await.refusals, desk.available().await), (1, Money(4_000)), "it is asked every hour");
    desk.fake.steer("balance", json!({ "available": 6_000 })).await;
    desk.after(Duration::hours(1)).await;
    next(&desk).await;
    assert_eq!((again(&desk, &payout).await.state, desk.fake.sent().await), (State::Sent, (1, 1, 6_000)));

    let late = act!(desk.app, payout::ask(&desk.actor, &NewPayout { cents: 4_000, provider: "stripe" })).expect("is asked for");
    desk.pay_out().await;
    desk.after(Duration::days(2)).await;
    next(&desk).await;
    assert_eq!(again(&desk, &late).await.state, State::Asked);
    desk.after(Duration::days(1)).await;
    next(&desk).await;
    let back = again(&desk, &late).await;
    let reason = "the server's balance at the payment provider holds too little at the moment.";
    assert_eq!((back.state, back.reason.as_deref(), desk.available().await), (State::Returned, Some(reason), Money(4_000)));
    assert_eq!(desk.fake.sent().await, (1, 1, 6_000));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_refused_delays_a_payout_and_tells_nobody_about_it() {
    let desk = ready().await;
    let payout = ask(&desk).await;
    for status in [401, 403] {
        desk.fake.steer("trouble", json!({ "status": status, "times": 1, "path": "/v1/transfers" })).await;
        desk.pay_out().await;
        let found = again(&desk, &payout).await;
        assert_eq!((found.state, found.reason), (State::Asked, None));
        desk.after(Duration::hours(1)).await;
    }
    desk.pay_out().await;
    assert_eq!((again(&desk, &payout).await.state, desk.fake.sent().await), (State::Sent, (1, 1, 6_000)));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_is_restricted_meanwhile_sends_the_money_back() {
    let desk = ready().await;
    let payout = ask(&desk).await;
    desk.fake.steer("account", json!({ "account": payout.account, "due": ["external_account"] })).await;
    desk.pay_out().await;
    assert_eq!((again(&desk, &payout).await.state, desk.available().await), (State::Returned, Money(10_000)));
    assert_eq!(desk.fake.sent().await, (0, 0, 0));
    desk.close().await;
}
