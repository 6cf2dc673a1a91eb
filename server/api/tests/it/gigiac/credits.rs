use crate::ask::snapshot;
use crate::test_api::TestApi;
use market::key::Prefix;
use market::{Money, deposit};
use serde_json::json;

#[tokio::test]
async fn money_comes_in_through_a_checkout() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let key = app.key(&ada, Prefix::Gigiac, &[]).await;
    snapshot!("balance_empty", app.get("/api/credits/balance").bearer(&key).send().await);
    let started = app.post("/api/credits/deposit").bearer(&key).raw("application/json", r#"{"amount": 100.10}"#).send().await;
    snapshot!("deposit", started);
    assert!(started.text("/checkout_url").starts_with(&app.base_url));
    let mut tx = app.market.begin().await.expect("begins");
    deposit::pay(&mut tx, &started.text("/id").into()).await.expect("pays");
    tx.commit().await.expect("commits");
    let balance = app.get("/api/credits/balance").bearer(&key).send().await;
    assert!(balance.text.contains(r#""available":100.10,"#), "two decimals, exactly: {}", balance.text);
    snapshot!("balance", balance);
    snapshot!("transactions", app.get("/api/credits/transactions").bearer(&key).send().await);
    app.close().await;
}

#[tokio::test]
async fn amounts_are_exact_decimals() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let start = async |body: &str| app.post("/api/credits/deposit").in_person(&ada).raw("application/json", body.to_owned()).send().await;
    for (amount, sent) in [("45", "45.00"), ("12.5", "12.50"), ("\"19.99\"", "19.99"), ("5.290", "5.29"), ("9999.99", "9999.99")] {
        let answer = start(&format!("{{\"amount\": {amount}}}")).await.with(201);
        assert!(answer.text.contains(&format!(r#""amount":{sent},"#)), "{amount}: {}", answer.text);
    }
    for amount in ["0.001", "12.505", "-5", "0", "4.99", "10000.01", "1e3", "\"ten\"", "true", "null", "[]", "99999999999999999999"] {
        let answer = start(&format!("{{\"amount\": {amount}}}")).await.with(400);
        assert_eq!(answer.fields(), ["amount"], "{amount}: {}", answer.text);
    }
    snapshot!("deposit_fraction", start(r#"{"amount": 12.505}"#).await);
    snapshot!("deposit_nothing", start("{}").await);
    app.close().await;
}

#[tokio::test]
async fn a_narrow_key_may_not() {
    let app = TestApi::new().await;
    let ada = app.poster("Ada", Money(10_000)).await;
    let key = app.key(&ada, Prefix::Gigiac, &["wallet:read"]).await;
    app.get("/api/credits/balance").bearer(&key).send().await.with(200);
    snapshot!("deposit_scope", app.post("/api/credits/deposit").bearer(&key).json(json!({ "amount": 10 })).send().await);
    snapshot!("balance_nobody", app.get("/api/credits/balance").send().await);
    app.close().await;
}
