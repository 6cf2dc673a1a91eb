//! Guardrails of bots over HTTP: set by a person, asked by every route that spends, approved above an amount.

use crate::ask::snapshot;
use crate::test_api::{Person, TestApi, both};
use market::Money;
use reqwest::Method;
use serde_json::{Value, json};

const PATH: &str = "/api/bots/me/commissioning";

/// Somebody with 1,000.00 and one bot, and a key that belongs to the bot.
async fn ada_and_bot(app: &TestApi) -> (Person, String) {
    let ada = app.agent("Ada", &["coding"]).await;
    app.fund(&ada.actor, Money(100_000)).await;
    let agent = ada.actor.agent.clone().expect("an agent").to_string();
    let key = json!({ "name": "bot", "scopes": ["*"], "agent_id": agent });
    let bot = app.post("/v1/auth/api-keys").by(&ada).json(key).send().await.with(201).text("/key");
    (ada, bot)
}

fn task(budget: i64) -> Value {
    json!({ "title": "Parse invoices", "description": "Replace the regex parser with a grammar.", "category": "coding", "budget": budget })
}

both! {
    async fn a_bot_spends_within_its_guardrails(app) {
        let (ada, bot) = ada_and_bot(app).await;
        let post = async |budget: i64| app.post("/api/tasks").bearer(&bot).json(task(budget)).send().await;
        let free = app.get(PATH).bearer(&bot).send().await.with(200);
        assert_eq!((free.text("/status"), free.body["enabled"].clone(), free.body["signed"].clone()), ("unlimited".into(), json!(true), json!(null)));
        post(10).await.with(201);
        let own = app.post(PATH).bearer(&bot).json(json!({ "per_day": 9_999 })).send().await.with(403);
        assert_eq!(own.text("/code"), "NOT_BY_AGENTS");
        let settings = json!({ "per_day": 100, "per_task": "80.00", "approval_above": 50, "categories": ["coding"] });
        app.post(PATH).by(&ada).json(settings).send().await.with(200);
        let over = post(100).await.with(403);
        assert_eq!((over.text("/code"), over.text("/limit")), ("OUTSIDE_MANDATE".into(), "per_task".into()));
        assert_eq!([&over.body["required"], &over.body["left"]], [&json!(105.0), &json!(80.0)]);
        post(40).await.with(201);
        let changed = app.post(PATH).by(&ada).json(json!({ "per_task": null })).send().await.with(200);
        assert_eq!((changed.body["per_task"].clone(), changed.body["per_day"].clone(), changed.body["version"].clone()), (json!(null), json!(100.0), json!(2)));
        assert_eq!(post(60).await.with(403).body["left"], json!(58.0), "42.00 of 100.00 are spent");
        let agent = ada.actor.agent.clone().expect("an agent");
        let spent = app.get(&format!("/api/bots/{agent}/spending")).bearer(&bot).send().await.with(200);
        assert_eq!([&spent.body["spent_today"], &spent.body["left_today"]], [&json!(42.0), &json!(58.0)]);
        app.ask(Method::DELETE, PATH).by(&ada).send().await.with(200);
        assert_eq!(post(1).await.with(403).text("/limit"), "revoked");
        let back = app.post(PATH).by(&ada).json(json!({})).send().await.with(200);
        assert_eq!((back.text("/status"), back.body["per_day"].clone()), ("active".into(), json!(100.0)));
    }

    async fn a_person_approves_a_spend(app) {
        let (ada, bot) = ada_and_bot(app).await;
        app.post(PATH).by(&ada).json(json!({ "per_month": 500, "approval_above": 50 })).send().await.with(200);
        let post = || app.post("/api/tasks").bearer(&bot).key("once").json(task(100)).send();
        let asked = post().await.with(409);
        assert_eq!(asked.text("/code"), "APPROVAL_REQUIRED");
        let id = asked.text("/approval_id");
        assert_eq!(post().await.with(409).text("/approval_id"), id);
        let waiting = app.get("/api/approvals?status=pending").bearer(&bot).send().await.with(200);
        assert_eq!((waiting.body["total"].clone(), waiting.text("/approvals/0/id")), (json!(1), id.clone()));
        let approve = format!("/api/approvals/{id}/approve");
        app.post(&approve).bearer(&bot).json(json!({})).send().await.with(403);
        assert_eq!(app.post(&approve).by(&ada).json(json!({})).send().await.with(200).text("/status"), "approved");
        let task = post().await.with(201);
        assert_eq!(post().await.with(201).text, task.text, "the idempotency key has the first answer that held");
        assert_eq!(app.get(&format!("/api/approvals/{id}")).by(&ada).send().await.with(200).text("/status"), "used");
        app.post(&format!("/api/approvals/{id}/deny")).by(&ada).json(json!({})).send().await.with(409);
    }
}

#[tokio::test]
async fn the_answers_of_guardrails() {
    let app = TestApi::new().await;
    let (ada, bot) = ada_and_bot(&app).await;
    let settings = json!({
        "per_day": 100, "per_month": 1_000.5, "approval_above": 50, "categories": ["writing", "coding"], "block": ["team_x"],
        "hours": { "from": 14, "until": 15 }, "expires_at": "2027-01-01T00:00:00Z"
    });
    app.post(PATH).by(&ada).json(settings).send().await.with(200);
    let mut shown = app.get(PATH).bearer(&bot).send().await.with(200);
    let keys = app.get("/.well-known/jwks.json").send().await.with(200);
    assert_eq!(keys.text("/keys/0/kid"), shown.text("/signed/key_id"));
    assert_eq!((keys.text("/keys/0/crv"), keys.text("/keys/0/x").len()), ("Ed25519".into(), 43));
    shown.body["signed"] = json!("[signed]");
    snapshot!("commissioning", shown);
    let post = async |budget: i64| app.post("/api/tasks").bearer(&bot).json(task(budget)).send().await;
    snapshot!("over_a_day", post(200).await);
    snapshot!("approval_required", post(60).await);
    post(10).await.with(201);
    let agent = ada.actor.agent.clone().expect("an agent");
    snapshot!("spending", app.get(&format!("/api/bots/{agent}/spending")).by(&ada).send().await);
    snapshot!("approvals", app.get("/api/approvals").by(&ada).send().await);
    app.close().await;
}

#[tokio::test]
async fn a_bot_of_several_is_named() {
    let app = TestApi::new().await;
    let (ada, _) = ada_and_bot(&app).await;
    let first = ada.actor.agent.clone().expect("an agent");
    let second = app.profile(&ada.actor, &testkit::people::profile("Second", &["coding"])).await.expect("makes an agent").id;
    let guess = app.post(PATH).by(&ada).json(json!({ "per_day": 1 })).send().await.with(400);
    assert_eq!((guess.text("/code"), guess.body["agents"].as_array().map(Vec::len)), ("AGENT_AMBIGUOUS".into(), Some(2)));
    let by_header = app.post(PATH).by(&ada).header("x-bot-id", first.as_str()).json(json!({ "per_day": 1 })).send().await.with(200);
    assert_eq!(by_header.text("/bot_id"), first.as_str());
    let by_query = app.get(&format!("{PATH}?bot_id={second}")).by(&ada).send().await.with(200);
    assert_eq!((by_query.text("/bot_id"), by_query.text("/status")), (second.to_string(), "unlimited".into()));
    let spend = app.post("/api/tasks").by(&ada).json(task(10)).send().await.with(400);
    assert_eq!(spend.text("/code"), "AGENT_AMBIGUOUS", "one of them has a limit");
    app.post("/api/tasks").by(&ada).header("x-bot-id", second.as_str()).json(task(10)).send().await.with(201);
    app.post("/api/tasks").by(&ada).header("x-bot-id", first.as_str()).json(task(10)).send().await.with(403);
    app.close().await;
}

#[tokio::test]
async fn another_dialect_asks_the_same_guardrails() {
    let app = TestApi::new().await;
    let (ada, bot) = ada_and_bot(&app).await;
    let worker = app.agent("Bob", &["coding"]).await;
    app.post(PATH).by(&ada).json(json!({ "per_day": 100 })).send().await.with(200);
    let job = json!({ "title": "Parse invoices", "description": "Replace the regex parser.", "category": "coding", "budget_max": 48000, "confidential": false });
    let job = app.post("/api/agent/jobs").bearer(&bot).json(job).send().await.with(201).text("/id");
    let offer = json!({ "cover_letter": "Three such grammars.", "proposed_price": 45000 });
    let offer = app.post(&format!("/api/jobs/{job}/apply")).by(&worker).json(offer).send().await.with(201).text("/id");
    let choice = json!({ "applicationId": offer });
    app.post(&format!("/api/agent/jobs/{job}/accept-application")).bearer(&bot).json(choice.clone()).send().await.with(200);
    let refused = app.post(&format!("/api/jobs/{job}/fund-escrow")).bearer(&bot).json(choice.clone()).send().await.with(403);
    assert!(refused.text.contains("\"OUTSIDE_MANDATE\"") && refused.text.contains("\"left\":10000"), "{}", refused.text);
    app.post(&format!("/api/jobs/{job}/fund-escrow")).in_person(&ada).json(choice).send().await.with(200);
    app.close().await;
}

#[tokio::test]
async fn settings_name_the_field_that_is_wrong() {
    let app = TestApi::new().await;
    let (ada, _) = ada_and_bot(&app).await;
    for (body, fields) in [
        (json!({}), &["per_day"][..]),
        (json!({ "per_day": 0.001 }), &["per_day"]),
        (json!({ "per_day": -1, "per_month": "1e9" }), &["per_month"]),
        (json!({ "per_day": -1, "categories": ["cooking"], "block": ["me"] }), &["per_day", "categories", "block"]),
        (json!({ "per_day": 1, "hours": { "from": 5, "until": 5 } }), &["hours"]),
        (json!({ "per_day": 1, "expires_at": "tomorrow" }), &["expires_at"]),
        (json!({ "per_day": 1, "expires_at": "2020-01-01T00:00:00Z" }), &["expires_at"]),
    ] {
        let answer = app.post(PATH).by(&ada).json(body.clone()).send().await.with(400);
        assert_eq!(answer.fields(), fields, "{body}: {}", answer.text);
    }
    app.get("/api/approvals?status=lost").by(&ada).send().await.with(400);
    app.close().await;
}
