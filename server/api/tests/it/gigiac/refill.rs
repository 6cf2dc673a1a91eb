//! Automatic refill in dollars, with the sandbox's cards.

use crate::ask::snapshot;
use crate::test_api::TestApi;
use market::payment::{Sandbox, TestCard};
use market::{Money, refill};
use reqwest::Method;
use serde_json::json;

const PATH: &str = "/api/credits/setup-auto-refill";

#[tokio::test]
async fn a_bot_sets_up_a_refill_and_a_person_saves_the_card() {
    let app = TestApi::new().await;
    let ada = app.poster("Ada", Money(2_000)).await;
    app.get("/api/credits/auto-refill").by(&ada).send().await.with(404);
    let settings = json!({ "threshold": 50, "amount": 100.00, "monthly_limit": 150.5 });
    let set_up = || app.post(PATH).by(&ada).header("idempotency-key", "one").json(settings.clone()).send();
    let first = set_up().await.with(200);
    assert_eq!(set_up().await.with(200).text, first.text);
    assert_eq!((first.text("/status").as_str(), first.body["monthly_limit"].clone()), ("needs_card", json!(150.5)));
    let page = first.text("/checkout_url").rsplit('/').next().unwrap().to_owned();

    let mut tx = app.market.begin().await.unwrap();
    refill::save_test_card(&mut tx, &page, TestCard::Good).await.unwrap();
    tx.commit().await.unwrap();
    let provider = Sandbox::new(app.base_url.clone());
    refill::watch(&app.market, Some(&provider)).await.unwrap();
    refill::watch(&app.market, Some(&provider)).await.unwrap();
    snapshot!("refill", app.get("/api/credits/auto-refill").by(&ada).send().await);
    assert_eq!(app.get("/api/credits/balance").by(&ada).send().await.with(200).body["available"].clone(), json!(120.0));
    let forgotten = app.ask(Method::DELETE, "/api/credits/auto-refill").by(&ada).send().await.with(200);
    assert_eq!((forgotten.body["card"].clone(), forgotten.text("/status").as_str()), (json!(null), "off"));
    app.close().await;
}

#[tokio::test]
async fn settings_name_the_field_that_is_wrong() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    for (body, field) in [
        (json!({ "threshold": 0, "amount": 100 }), "threshold"),
        (json!({ "threshold": 10.001, "amount": 100 }), "threshold"),
        (json!({ "threshold": 10, "amount": 4.99 }), "amount"),
        (json!({ "threshold": 10, "amount": 10_000.01 }), "amount"),
        (json!({ "threshold": 10, "amount": 100, "monthly_limit": 99.99 }), "monthly_limit"),
        (json!({ "threshold": 10, "amount": 100, "enabled": "yes" }), "enabled"),
        (json!({ "amount": 100 }), "threshold"),
    ] {
        let answer = app.post(PATH).by(&ada).json(body.clone()).send().await.with(400);
        assert_eq!(answer.fields(), [field], "{body}: {}", answer.text);
    }
    app.close().await;
}
