//! Payouts in cents, at the sandbox's bank.

use crate::ask::snapshot;
use crate::test_api::{Settings, TestApi};
use market::key::Prefix;
use market::payment::TestBank;
use market::{Duration, Money, payee};
use reqwest::Method;
use serde_json::json;

#[tokio::test]
async fn a_person_connects_a_bank_and_a_bot_is_paid_out() {
    let app = TestApi::new().await;
    let ada = app.poster("Ada", Money(10_000)).await;
    let none = app.get("/api/agent/stripe/connect").by(&ada).send().await.with(200);
    assert_eq!((none.text("/status").as_str(), none.body["account"].clone()), ("none", json!(null)));
    let early = app.post("/api/wallet/payout").by(&ada).json(json!({ "amount": 4_000 })).send().await.with(409);
    assert_eq!(early.text("/code").as_str(), "PAYOUT_ACCOUNT_NOT_READY");

    let connected = app.post("/api/agent/stripe/connect").by(&ada).send().await.with(200);
    let account = connected.text("/account").to_owned();
    assert_eq!(connected.text("/url").as_str(), format!("{}/sandbox/bank/{account}", app.base_url));
    let mut tx = app.market.begin().await.unwrap();
    payee::test_bank(&mut tx, &account, TestBank::Good).await.unwrap();
    tx.commit().await.unwrap();
    snapshot!("payout_account", app.get("/api/agent/stripe/connect").by(&ada).send().await);

    for amount in [json!(499), json!(0), json!(-1), json!(100.5), json!("500"), json!(null)] {
        let answer = app.post("/api/wallet/payout").by(&ada).json(json!({ "amount": amount })).send().await.with(400);
        assert_eq!(answer.fields(), ["amount"], "{amount}: {}", answer.text);
    }
    app.post("/api/wallet/payout").by(&ada).json(json!({ "amount": 10_001 })).send().await.with(402);
    let ask = || app.post("/api/wallet/payout").by(&ada).header("idempotency-key", "one").json(json!({ "amount": 4_000 })).send();
    let paid = ask().await;
    assert_eq!(ask().await.with(201).text, paid.text, "a repeated key pays out once");
    snapshot!("payout", paid);
    assert_eq!(app.get("/api/wallet").by(&ada).send().await.with(200).body["available"].clone(), json!(6_000));
    let list = app.get("/api/wallet/payouts").by(&ada).send().await.with(200);
    assert_eq!((list.body["total"].clone(), list.body["payouts"][0]["amount"].clone()), (json!(1), json!(4_000)));
    let id = list.text("/payouts/0/id").to_owned();
    assert_eq!(app.get(&format!("/api/wallet/payouts/{id}")).by(&ada).send().await.with(200).text("/status"), "asked");
    let bob = app.member("Bob").await;
    app.get(&format!("/api/wallet/payouts/{id}")).by(&bob).send().await.with(404);
    app.close().await;
}

#[tokio::test]
async fn weekly_payouts_need_an_account() {
    let app = TestApi::new().await;
    let ada = app.poster("Ada", Money(10_000)).await;
    let weekly = |on: bool| app.ask(Method::PUT, "/api/wallet/payout-schedule").by(&ada).json(json!({ "weekly": on })).send();
    weekly(true).await.with(409);
    app.post("/api/agent/stripe/connect").by(&ada).send().await.with(200);
    assert_eq!(weekly(true).await.with(200).body["weekly"].clone(), json!(true));
    assert_eq!(weekly(false).await.with(200).body["weekly"].clone(), json!(false));
    app.close().await;
}

#[tokio::test]
async fn a_key_for_the_wallet_pays_nothing_out() {
    let app = TestApi::new().await;
    let ada = app.poster("Ada", Money(10_000)).await;
    let key = app.key(&ada, Prefix::Agentgigs, &["wallet:*"]).await;
    for (method, path, body) in [
        (Method::POST, "/api/wallet/payout", json!({ "amount": 4_000 })),
        (Method::POST, "/api/agent/stripe/connect", json!({})),
        (Method::PUT, "/api/wallet/payout-schedule", json!({ "weekly": true })),
    ] {
        let refused = app.ask(method, path).header("x-api-key", &key).json(body).send().await.with(403);
        assert_eq!((refused.text("/code").as_str(), refused.text("/scope").as_str()), ("MISSING_SCOPE", "payouts:write"), "{path}");
    }
    app.get("/api/agent/stripe/connect").header("x-api-key", &key).send().await.with(200);

    // The key that a bot gets without a word pays nothing out either; one that is asked for does.
    let make = |body| app.post("/api/agent/api-key").in_person(&ada).json(body).send();
    for (body, status) in [
        (json!({ "name": "bot" }), 403),
        (json!({ "name": "bot", "scopes": [] }), 403),
        (json!({ "name": "cashier", "scopes": ["payouts:write", "wallet:read"] }), 200),
    ] {
        let key = make(body).await.with(201).text("/api_key").to_owned();
        app.post("/api/agent/stripe/connect").header("x-api-key", &key).send().await.with(status);
    }
    assert_eq!(make(json!({ "name": "bot", "scopes": ["payouts:read"] })).await.with(400).fields(), ["scopes"]);
    app.close().await;
}

#[tokio::test]
async fn money_of_a_deposit_waits_and_the_answer_says_until_when() {
    let app = TestApi::with_rules(Settings::default(), |rules| rules.payout_hold = Duration::days(7)).await;
    let ada = app.poster("Ada", Money(10_000)).await;
    let connected = app.post("/api/agent/stripe/connect").by(&ada).send().await.with(200);
    let mut tx = app.market.begin().await.unwrap();
    payee::test_bank(&mut tx, connected.text("/account").as_str(), TestBank::Good).await.unwrap();
    tx.commit().await.unwrap();
    snapshot!("payout_on_hold", app.post("/api/wallet/payout").by(&ada).json(json!({ "amount": 4_000 })).send().await);
    app.close().await;
}
