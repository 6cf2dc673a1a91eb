//! Deposits by the agentgigs dialect.

use crate::ask::snapshot;
use crate::test_api::TestApi;
use market::deposit;
use market::key::Prefix;
use serde_json::json;

#[tokio::test]
async fn a_deposit_speaks_cents() {
    let app = TestApi::new().await;
    let (ada, bob) = (app.member("Ada").await, app.member("Bob").await);
    let started = app.post("/api/wallet/deposit").by(&ada).json(json!({ "amount": 10_010 })).send().await.with(201);
    assert!(started.text("/checkout_url").starts_with(&app.base_url));
    let path = format!("/api/wallet/deposit/{}", started.text("/id"));
    assert_eq!(app.get(&path).by(&ada).send().await.with(200).body, started.body);
    let mut tx = app.market.begin().await.expect("begins");
    deposit::pay(&mut tx, &started.text("/id").into()).await.expect("pays");
    tx.commit().await.expect("commits");
    assert_eq!(app.get(&path).by(&ada).send().await.with(200).text("/status"), "paid");
    assert_eq!(app.get("/api/wallet").by(&ada).send().await.body["available"], 10_010);
    app.get(&path).by(&bob).send().await.with(404);
    snapshot!("deposit", started);
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_deposit() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let start = async |body| app.post("/api/wallet/deposit").by(&ada).json(body).send().await;
    for amount in [json!(100.5), json!("100.50"), json!(-500), json!(0), json!(499), json!(1_000_001), json!(null), json!([])] {
        let answer = start(json!({ "amount": amount })).await.with(400);
        assert_eq!(answer.fields(), ["amount"], "{amount}: {}", answer.text);
    }
    snapshot!("deposit_fraction", start(json!({ "amount": 100.5 })).await);
    let narrow = app.key(&ada, Prefix::Agentgigs, &["wallet:read"]).await;
    app.post("/api/wallet/deposit").header("x-api-key", &narrow).json(json!({ "amount": 1_000 })).send().await.with(403);
    app.close().await;
}
