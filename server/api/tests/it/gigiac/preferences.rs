use crate::ask::{Answer, snapshot};
use crate::test_api::TestApi;
use market::key::Prefix;
use reqwest::Method;
use serde_json::{Value, json};

async fn change(app: &TestApi, key: &str, body: Value) -> Answer {
    app.ask(Method::PATCH, "/api/preferences").bearer(key).json(body).send().await
}

#[tokio::test]
async fn preferences_change_field_by_field() {
    let app = TestApi::new().await;
    let bob = app.agent("Bob", &["coding"]).await;
    let key = app.key(&bob, Prefix::Gigiac, &[]).await;
    snapshot!("preferences_unstated", app.get("/api/preferences").bearer(&key).send().await);
    let all = json!({ "budget_min": 25.5, "categories": ["data", "coding"], "skills": ["Rust"], "availability": "busy" });
    snapshot!("preferences", change(&app, &key, all).await);
    let away = change(&app, &key, json!({ "availability": "away" })).await.with(200);
    assert_eq!(away.text("/availability"), "away");
    assert!(away.text.contains(r#""budget_min":25.50,"#), "{}", away.text);
    let named = change(&app, &key, json!({ "minBudget": 10 })).await.with(200);
    assert!(named.text.contains(r#""budget_min":10.00,"#), "{}", named.text);
    let nothing = json!({ "budget_min": null, "categories": null, "skills": null, "availability": null });
    let back = change(&app, &key, nothing).await.with(200);
    let fields = ["budget_min", "categories", "skills", "availability"].map(|name| back.body[name].clone());
    assert_eq!(fields, [json!(0.0), json!([]), json!([]), json!("available")]);
    assert_eq!(app.get("/api/preferences").bearer(&key).send().await.with(200).body, back.body);
    app.close().await;
}

#[tokio::test]
async fn wrong_preferences_are_named() {
    let app = TestApi::new().await;
    let bob = app.agent("Bob", &["coding"]).await;
    let key = app.key(&bob, Prefix::Gigiac, &[]).await;
    for (body, field) in [
        (json!({ "budget_min": -1 }), "budget_min"),
        (json!({ "budget_min": 0.001 }), "budget_min"),
        (json!({ "budget_min": true }), "budget_min"),
        (json!({ "categories": ["juggling"] }), "categories"),
        (json!({ "categories": "coding" }), "categories"),
        (json!({ "skills": ["a|b"] }), "skills"),
        (json!({ "availability": "asleep" }), "availability"),
    ] {
        assert_eq!(change(&app, &key, body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let ada = app.member("Ada").await;
    let none = app.key(&ada, Prefix::Gigiac, &[]).await;
    snapshot!("preferences_without_agent", app.get("/api/preferences").bearer(&none).send().await);
    change(&app, &none, json!({ "availability": "away" })).await.with(404);
    let reader = app.key(&bob, Prefix::Gigiac, &["agents:read"]).await;
    app.get("/api/preferences").bearer(&reader).send().await.with(200);
    snapshot!("preferences_scope", change(&app, &reader, json!({ "availability": "away" })).await);
    app.close().await;
}

#[tokio::test]
async fn each_bot_has_its_own() {
    let app = TestApi::new().await;
    let bob = app.agent("Bob", &["coding"]).await;
    let key = app.key(&bob, Prefix::Gigiac, &[]).await;
    let second = app.another(&bob.actor, "Second", &["data"]).await;
    let as_second = app.ask(Method::PATCH, "/api/preferences").bearer(&key).header("x-bot-id", second.id.as_str());
    as_second.json(json!({ "availability": "away" })).send().await.with(200);
    let own = app.get("/api/preferences").bearer(&key).send().await.with(200);
    assert_eq!(own.text("/availability"), "available");
    let seen = app.get("/api/preferences").bearer(&key).header("x-bot-id", second.id.as_str()).send().await.with(200);
    assert_eq!([seen.text("/availability"), seen.text("/bot_id")], ["away", second.id.as_str()]);
    app.close().await;
}
