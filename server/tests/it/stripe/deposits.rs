//! Deposits: payers on Stripe's pages, events in any order and never, strangers who name our deposits.

use super::desk::Desk;
use super::shop::Shop;
use market::deposit::{Method, Status};
use market::time::Clock;
use market::{Duration, Kind, Money, Paging};
use serde_json::json;
use testkit::{act, eventually, read};

#[tokio::test(flavor = "multi_thread")]
async fn a_card_pays_with_its_fee_and_the_wallet_has_it_at_once() {
    let shop = Shop::open().await;
    let page = shop.deposit("100", "card").await;
    shop.says(&page, "106.00 is to be paid").await;
    let session = shop.session(&page).await;
    assert!(shop.page(&page).await.contains(&format!("{}/pay/{session}", shop.fake.url)));
    let back = shop.pay(&session, "card").await;
    assert_eq!(back, format!("{page}?step=done"));
    shop.says(&back, "100.00 is in your wallet").await;
    assert!(shop.page("/wallet").await.contains("100.00"));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_debit_is_on_its_way_for_days_and_may_fail() {
    let shop = Shop::open().await;
    for (pays, words) in [(true, "100.00 is in your wallet"), (false, "The bank did not pay 100.90")] {
        let page = shop.deposit("100", "bank_debit").await;
        let session = shop.session(&page).await;
        shop.pay(&session, "debit").await;
        shop.says(&page, "Your bank was asked for 100.90").await;
        shop.says("/wallet", "100.00 is on the way").await;
        shop.fake.steer("bank", json!({ "session": session, "pays": pays })).await;
        shop.says(&page, words).await;
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_return_page_alone_credits_nothing() {
    let shop = Shop::open().await;
    let page = shop.deposit("50", "card").await;
    shop.fake.steer("events", json!({ "hold": true })).await;
    let back = shop.pay(&shop.session(&page).await, "card").await;
    assert!(shop.page(&back).await.contains("is being confirmed"));
    assert!(shop.page("/wallet").await.contains("Nothing moved yet"));
    shop.fake.steer("events", json!({ "hold": false })).await;
    shop.says(&back, "50.00 is in your wallet").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stripe_is_asked_again_under_the_same_key() {
    let shop = Shop::open().await;
    shop.fake.steer("trouble", json!({ "status": 500, "times": 1 })).await;
    let page = shop.deposit("20", "card").await;
    shop.session(&page).await;
    // Refused three times, the deposit has no checkout. A second press of the same form finds it and asks again.
    shop.fake.steer("trouble", json!({ "status": 429, "times": 3 })).await;
    let press = async || shop.form("wallet/deposit", &[("amount", "30"), ("method", "card"), ("back", "")]).await;
    let refused = press().await;
    assert_eq!(refused.headers()["location"], "/", "without a page of its own it leads home");
    let page = press().await.headers()["location"].to_str().unwrap().to_owned();
    shop.session(&page).await;
    assert_eq!(shop.fake.objects("checkout.session").await.len(), 2);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_is_taken_back_leaves_the_wallet() {
    let shop = Shop::open().await;
    let page = shop.deposit("100", "card").await;
    let session = shop.session(&page).await;
    shop.pay(&session, "card").await;
    shop.says(&page, "100.00 is in your wallet").await;
    let reversal = |status: &str| json!({ "id": "dp_1", "session": session, "amount": 10_600, "status": status });
    shop.fake.steer("reversal", reversal("needs_response")).await;
    shop.says(&page, "100.00 of 100.00 was taken back").await;
    shop.fake.steer("reversal", reversal("won")).await;
    shop.says(&page, "100.00 is in your wallet").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_that_stripe_did_not_sign_is_refused() {
    let shop = Shop::open().await;
    let post = async |signature: &str, body: Vec<u8>| {
        let request = shop.server.ask(reqwest::Method::POST, "/stripe/webhook").header("Stripe-Signature", signature);
        request.body(body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(post("", b"{}".to_vec()).await, 400);
    assert_eq!(post("t=1,v1=00", b"{}".to_vec()).await, 400);
    assert_eq!(post(&format!("t=1700000000,v1={}", "0".repeat(64)), b"{}".to_vec()).await, 400);
    assert_eq!(post("", vec![b' '; (256 << 10) + 1]).await, 413);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn events_in_any_order_and_ten_times_each_end_in_the_same_money() {
    let shop = Shop::open().await;
    let mut expected = 0;
    for order in ["made", "reverse", "shuffle"] {
        let page = shop.deposit("100", "bank_debit").await;
        let session = shop.session(&page).await;
        shop.fake.steer("events", json!({ "hold": true, "repeat": 10 })).await;
        shop.pay(&session, "debit").await;
        shop.fake.steer("bank", json!({ "session": session, "pays": true })).await;
        let refund = json!({ "id": format!("re_{order}"), "session": session, "amount": 3_000, "status": "succeeded" });
        shop.fake.steer("reversal", refund).await;
        assert_eq!(shop.available().await, expected);
        shop.fake.steer("events", json!({ "hold": false, "order": order })).await;
        for kind in ["checkout.session.completed", "checkout.session.async_payment_succeeded", "refund.created"] {
            eventually(kind, async || shop.fake.has_delivered(kind).await).await;
        }
        expected += 7_000;
        eventually("it is booked", async || shop.available().await == expected).await;
        assert!(shop.page(&page).await.contains("30.00 of 100.00 was taken back"));
    }
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connected_account_that_names_our_deposit_credits_nothing() {
    let shop = Shop::open().await;
    // The answer about its own checkout is lost, so nothing but the event's account tells the stranger's payment from one of ours.
    shop.fake.steer("trouble", json!({ "status": 503, "times": 3 })).await;
    shop.form("wallet/deposit", &[("amount", "100"), ("method", "card"), ("back", "")]).await;
    let open = read!(shop.server, deposit::list(&shop.actor().await, Paging::first(1))).expect("lists").items.remove(0);
    assert_eq!(open.session, None);
    let deposit = open.id.as_str();
    let form = "controller[stripe_dashboard][type]=express&capabilities[transfers][requested]=true";
    let account = shop.fake.call("accounts", form, None).await["id"].as_str().unwrap().to_owned();
    // The payee of an account takes 106.00 for our deposit from a card of their own, into the account.
    let form = format!(
        "mode=payment&client_reference_id={deposit}&success_url=http://127.0.0.1/&line_items[0][quantity]=1\
         &line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=10600\
         &line_items[0][price_data][product_data][name]=x\
         &payment_intent_data[metadata][deposit]={deposit}"
    );
    let session = shop.fake.call("checkout/sessions", &form, Some(&account)).await["id"].as_str().unwrap().to_owned();
    shop.fake.press(&format!("/pay/{session}/card"), "").await;
    eventually("the event was taken", async || shop.fake.has_delivered("checkout.session.completed").await).await;
    eventually("the event was taken", async || shop.fake.has_delivered("payment_intent.succeeded").await).await;
    assert_eq!(shop.available().await, 0);
    let still = read!(shop.server, deposit::list(&shop.actor().await, Paging::first(1))).expect("lists").items.remove(0);
    assert_eq!(still, open);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_amount_moves_nothing_and_the_operator_is_told() {
    let shop = Shop::open().await;
    let page = shop.deposit("100", "card").await;
    let deposit = page.rsplit('/').next().unwrap();
    act!(shop.server, member::promote("larkin@example.org")).expect("promotes");
    let form = format!(
        "mode=payment&client_reference_id={deposit}&success_url=http://127.0.0.1/&line_items[0][quantity]=1\
         &line_items[0][price_data][currency]=usd&line_items[0][price_data][unit_amount]=10599\
         &line_items[0][price_data][product_data][name]=x"
    );
    let session = shop.fake.call("checkout/sessions", &form, None).await["id"].as_str().unwrap().to_owned();
    shop.fake.press(&format!("/pay/{session}/card"), "").await;
    shop.is_mailed("An event of the payment provider was refused").await;
    assert!(shop.page("/admin/payments").await.contains("The amount is not the deposit"));
    assert_eq!(shop.available().await, 0);
    // The deposit's own checkout still counts.
    let own = shop.fake.objects("checkout.session").await[0]["id"].as_str().unwrap().to_owned();
    shop.pay(&own, "card").await;
    eventually("it is booked", async || shop.available().await == 10_000).await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn news_that_come_a_day_late_still_count() {
    let desk = Desk::open().await;
    let deposit = desk.deposit(Method::Card).await.expect("opens");
    let session = deposit.session.clone().expect("a session");
    desk.fake.press(&format!("/pay/{session}/card"), "").await;
    desk.after(Duration::hours(25)).await;
    assert_eq!(desk.again(&deposit).await.status, Status::Expired, "no news, no money");
    desk.catch_up().await;
    desk.catch_up().await;
    assert_eq!((desk.again(&deposit).await.status, desk.available().await), (Status::Paid, Money(10_000)));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lost_news_are_found_by_asking() {
    let desk = Desk::open().await;
    let open = async |method, how: &str| {
        let deposit = desk.deposit(method).await.expect("opens");
        desk.fake.press(&format!("/pay/{}/{how}", deposit.session.as_deref().expect("a session")), "").await;
        deposit
    };
    let card = open(Method::Card, "card").await;
    let debits =
        [(false, Status::Failed, open(Method::BankDebit, "debit").await), (true, Status::Paid, open(Method::BankDebit, "debit").await)];
    desk.reconcile().await;
    assert_eq!(desk.again(&card).await.status, Status::Open, "news may be slow, so nobody is asked at once");
    desk.after(Duration::minutes(31)).await;
    desk.reconcile().await;
    assert_eq!(desk.again(&card).await.status, Status::Paid);
    for (pays, _, debit) in &debits {
        assert_eq!(desk.again(debit).await.status, Status::Processing);
        desk.fake.steer("bank", json!({ "session": debit.session, "pays": pays })).await;
    }
    desk.after(Duration::hours(7)).await;
    desk.reconcile().await;
    for (_, status, debit) in &debits {
        assert_eq!(desk.again(debit).await.status, *status);
    }
    assert_eq!(desk.available().await, Money(20_000));
    // All that was lost comes after all, and changes nothing.
    desk.catch_up().await;
    assert_eq!(desk.available().await, Money(20_000));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkout_whose_answer_is_lost_is_opened_by_the_reconciler() {
    let desk = Desk::open().await;
    desk.fake.steer("trouble", json!({ "status": 503, "times": 3 })).await;
    let error = desk.deposit(Method::Card).await.expect_err("Stripe is down");
    assert_eq!(error.kind, Kind::Unavailable);
    desk.after(Duration::minutes(2)).await;
    desk.reconcile().await;
    let sessions = desk.fake.objects("checkout.session").await;
    assert_eq!(sessions.len(), 1);
    desk.fake.press(&format!("/pay/{}/card", sessions[0]["id"].as_str().unwrap()), "").await;
    desk.after(Duration::minutes(31)).await;
    desk.reconcile().await;
    assert_eq!(desk.available().await, Money(10_000));
    desk.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_slow_refuses_events_until_it_is_right() {
    let clock = Clock::manual(Clock::System.now().before(Duration::minutes(10)));
    let shop = Shop::at(&clock).await;
    let page = shop.deposit("100", "card").await;
    let back = shop.pay(&shop.session(&page).await, "card").await;
    let completed = shop.fake.the_one("event", "type", "checkout.session.completed").await["id"].clone();
    assert!(shop.page(&back).await.contains("is being confirmed"));
    clock.advance(Duration::minutes(10));
    shop.fake.steer("resend", json!({ "event": completed })).await;
    shop.says(&back, "100.00 is in your wallet").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_hours_ahead_opens_no_checkout() {
    let desk = Desk::open().await;
    // Stripe takes no checkout that would be open for more than a day by its own clock.
    desk.after(Duration::hours(2)).await;
    assert_eq!(desk.deposit(Method::Card).await.expect_err("is refused").code, "payment_provider_refused");
    desk.close().await;
}
