//! Payouts by Connect: a person fills in Stripe's forms, money goes to the account and on to the bank, or comes back.

use super::shop::Shop;
use market::time::Clock;
use reqwest::Method;
use serde_json::{Value, json};
use testkit::eventually;

/// Opens the account and presses a button of Stripe's form.
async fn onboard(shop: &Shop, how: &str) -> String {
    let connected = shop.api(Method::POST, "/api/agent/stripe/connect", json!({})).await;
    let page = connected["url"].as_str().unwrap().strip_prefix(&shop.fake.url).unwrap().to_owned();
    let to = shop.fake.press(&format!("{page}/{how}"), "").await;
    assert!(to.starts_with(&format!("{}/wallet/payouts?step=", shop.server.url)), "{to}");
    connected["account"].as_str().unwrap().to_owned()
}

/// Waits for a state of the account that only news can have told.
async fn is(shop: &Shop, status: &str) {
    let says = match status {
        "ready" => "Your payout account is ready",
        _ => "Your payout account needs you",
    };
    shop.is_mailed(says).await;
    assert_eq!(shop.get("/api/agent/stripe/connect").await["status"], status);
}

/// A shop whose member has 100.00 and an account that takes payouts.
async fn ready() -> Shop {
    let shop = Shop::open().await;
    let page = shop.deposit("100", "card").await;
    shop.pay(&shop.session(&page).await, "card").await;
    shop.says(&page, "100.00 is in your wallet").await;
    onboard(&shop, "complete").await;
    is(&shop, "ready").await;
    shop
}

async fn ask(shop: &Shop, cents: i64) -> String {
    let asked = shop.api(Method::POST, "/api/wallet/payout", json!({ "amount": cents })).await;
    assert_eq!(asked["status"], "asked");
    asked["id"].as_str().unwrap().to_owned()
}

async fn show(shop: &Shop, payout: &str) -> Value {
    shop.get(&format!("/api/wallet/payouts/{payout}")).await
}

async fn until(shop: &Shop, payout: &str, status: &str) -> Value {
    eventually(status, async || show(shop, payout).await["status"] == status).await;
    show(shop, payout).await
}

/// The fake's payment to the bank for a payout of ours.
async fn bank_payment(shop: &Shop, payout: &str) -> String {
    let all = shop.fake.objects("payout").await;
    let own: Vec<_> = all.iter().filter(|made| made["metadata"]["payout"] == payout).collect();
    assert_eq!(own.len(), 1);
    own[0]["id"].as_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_says_what_it_lacks_and_is_ready_once_it_lacks_nothing() {
    let shop = Shop::open().await;
    let account = onboard(&shop, "incomplete").await;
    is(&shop, "restricted").await;
    assert_eq!(shop.get("/api/agent/stripe/connect").await["missing"], json!(["individual.verification.document"]));
    assert!(shop.page("/wallet/payouts").await.contains("verification document"));
    assert_eq!(onboard(&shop, "complete").await, account, "a team has one account");
    is(&shop, "ready").await;
    assert_eq!(shop.fake.objects("account").await.len(), 1);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_whose_time_is_over_leads_to_another() {
    let shop = Shop::open().await;
    let connected = shop.api(Method::POST, "/api/agent/stripe/connect", json!({})).await;
    let page = connected["url"].as_str().unwrap().strip_prefix(&shop.fake.url).unwrap().to_owned();
    let to = shop.fake.press(&format!("{page}/expire"), "").await;
    let link = |page: &str| page.split('"').find(|word| word.starts_with(&format!("{}/onboard/", shop.fake.url))).map(str::to_owned);
    let again = shop.page(to.strip_prefix(&shop.server.url).unwrap()).await;
    assert!(again.contains("was open for too long") && link(&again).is_none(), "{to}");
    for step in ["on", "again", "back"] {
        assert_eq!(link(&shop.page(&format!("/wallet/payouts?step={step}")).await), None, "reading a page opens none");
    }
    let opened = shop.form("wallet/payouts/connect", &[("_once", &market::id::secret(20))]).await;
    assert_eq!(opened.headers()["location"], "/wallet/payouts?step=on");
    assert_eq!(link(&shop.page("/wallet/payouts").await), None);
    let link = link(&shop.page("/wallet/payouts?step=on").await).unwrap();
    shop.fake.press(&format!("{}/complete", link.strip_prefix(&shop.fake.url).unwrap()), "").await;
    is(&shop, "ready").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payout_goes_to_the_bank() {
    let shop = ready().await;
    let payout = ask(&shop, 6_000).await;
    assert_eq!(shop.available().await, 4_000);
    until(&shop, &payout, "sent").await;
    let bank = bank_payment(&shop, &payout).await;
    shop.fake.steer("payout", json!({ "payout": bank, "status": "in_transit" })).await;
    shop.fake.steer("payout", json!({ "payout": bank, "status": "paid" })).await;
    until(&shop, &payout, "paid").await;
    assert_eq!((shop.fake.sent().await, shop.available().await), ((1, 1, 6_000), 4_000));
    assert_eq!(shop.happenings(&payout).await, ["payout.asked", "payout.sent", "payout.paid"]);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bank_that_refuses_sends_the_money_back_with_its_reason() {
    let shop = ready().await;
    for was_paid in [false, true] {
        let payout = ask(&shop, 6_000).await;
        until(&shop, &payout, "sent").await;
        let bank = bank_payment(&shop, &payout).await;
        if was_paid {
            shop.fake.steer("payout", json!({ "payout": bank, "status": "paid" })).await;
            until(&shop, &payout, "paid").await;
        }
        shop.fake.steer("payout", json!({ "payout": bank, "status": "failed" })).await;
        let back = until(&shop, &payout, "returned").await;
        assert_eq!(back["reason"], "The bank account has been closed.");
        assert_eq!((shop.available().await, shop.fake.sent().await.2), (10_000, 0), "the transfer is reversed");
    }
    shop.is_mailed("A payout came back").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transfer_that_the_operator_reverses_is_in_the_wallet_again() {
    let shop = ready().await;
    let payout = ask(&shop, 6_000).await;
    until(&shop, &payout, "sent").await;
    let transfer = shop.fake.the_one("transfer", "transfer_group", &payout).await["id"].clone();
    shop.fake.steer("transfer", json!({ "transfer": transfer })).await;
    until(&shop, &payout, "returned").await;
    assert_eq!(shop.available().await, 10_000);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_that_the_operator_reverses_is_in_the_wallet_again() {
    let shop = ready().await;
    let payout = ask(&shop, 6_000).await;
    until(&shop, &payout, "sent").await;
    let transfer = shop.fake.the_one("transfer", "transfer_group", &payout).await["id"].clone();
    for (cents, returned) in [(1_000, 1_000), (500, 1_500)] {
        shop.fake.steer("transfer", json!({ "transfer": transfer, "amount": cents })).await;
        eventually("a part comes back", async || show(&shop, &payout).await["returned"] == returned).await;
    }
    let seen = show(&shop, &payout).await;
    assert_eq!((&seen["status"], &seen["reason"]), (&json!("sent"), &json!("a part of the transfer was reversed.")));
    assert_eq!(shop.available().await, 5_500);
    assert!(shop.page("/wallet/payouts").await.contains("15.00 came back"));
    shop.is_mailed("A part of a payout came back").await;
    let bank = bank_payment(&shop, &payout).await;
    shop.fake.steer("payout", json!({ "payout": bank, "status": "paid" })).await;
    until(&shop, &payout, "paid").await;
    assert_eq!(shop.available().await, 5_500);
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn money_of_a_card_waits_before_it_is_paid_out() {
    let shop = Shop::holding().await;
    let page = shop.deposit("100", "card").await;
    shop.pay(&shop.session(&page).await, "card").await;
    shop.says(&page, "100.00 is in your wallet").await;
    onboard(&shop, "complete").await;
    is(&shop, "ready").await;
    let (status, error) = shop.try_api(Method::POST, "/api/wallet/payout", json!({ "amount": 1_000 })).await;
    assert!(status == 409 && error["code"] == "PAYOUT_ON_HOLD", "{status} {error}");
    let seen = shop.page("/wallet/payouts").await;
    assert!(
        seen.contains("Of 100.00 available, 100.00 waits: a payer’s bank may still take back the deposits of the last days."),
        "{seen}"
    );
    assert!(!seen.contains("wallet/payouts/ask"), "there is no form while nothing can be paid out");
    assert_eq!(shop.fake.sent().await, (0, 0, 0));
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn stripe_is_asked_about_an_account_once_a_minute() {
    let shop = Shop::open().await;
    onboard(&shop, "incomplete").await;
    is(&shop, "restricted").await;
    shop.fake.steer("events", json!({ "hold": true })).await;
    shop.fake.steer("account", json!({ "account": shop.fake.objects("account").await[0]["id"], "due": [] })).await;
    for _ in 0..3 {
        assert_eq!(shop.get("/api/agent/stripe/connect").await["status"], "restricted");
    }
    shop.fake.steer("events", json!({ "hold": false })).await;
    is(&shop, "ready").await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payout_needs_a_verified_address_an_account_and_no_debt() {
    let shop = Shop::with_newcomer(&Clock::System).await;
    let (status, error) = shop.try_api(Method::POST, "/api/agent/stripe/connect", json!({})).await;
    assert_eq!(status, 403, "{error}");
    let pay = async |shop: &Shop| shop.try_api(Method::POST, "/api/wallet/payout", json!({ "amount": 1_000 })).await.0;
    assert_eq!(pay(&shop).await, 403);
    shop.close().await;

    let shop = ready().await;
    shop.spend(9_000).await;
    let session = shop.fake.objects("checkout.session").await[0]["id"].clone();
    shop.fake.steer("reversal", json!({ "id": "dp_1", "session": session, "amount": 10_600, "status": "needs_response" })).await;
    eventually("the money is taken", async || shop.available().await == 0).await;
    let (status, error) = shop.try_api(Method::POST, "/api/wallet/payout", json!({ "amount": 1_000 })).await;
    assert!(status == 409 && error["code"] == "IN_DEBT", "{status} {error}");
    assert_eq!(shop.fake.sent().await, (0, 0, 0));
    shop.close().await;
}
