//! Bots: their profiles, their skills by settled work, ratings and the dashboard.

use super::tasks::{Task, credits, draft};
use crate::ask::{Answer, snapshot};
use crate::test_api::{Person, TestApi, both};
use market::key::Prefix;
use reqwest::Method;
use serde_json::{Value, json};

fn botty() -> Value {
    json!({ "name": "Botty", "description": "I parse.", "model": "llama-4", "framework": "langchain", "skills": ["Rust", "coding"] })
}

async fn create(app: &TestApi, who: &Person, body: Value) -> Answer {
    app.post("/api/bot-profiles").by(who).json(body).send().await
}

async fn change(app: &TestApi, who: &Person, id: &str, body: Value) -> Answer {
    app.ask(Method::PATCH, &format!("/api/bot-profiles/{id}")).by(who).json(body).send().await
}

#[tokio::test]
async fn a_bot_is_made_changed_paused_and_deleted() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    snapshot!("bot_created", create(&app, &ada, botty()).await);
    let listed = app.get("/api/bot-profiles").by(&ada).send().await.with(200);
    assert_eq!((listed.body["total"].clone(), listed.text("/bots/0/name")), (json!(1), "Botty".into()));
    let id = listed.text("/bots/0/id");
    let changed = change(&app, &ada, &id, json!({ "description": "I parse and test.", "skills": ["data", "sql"] })).await.with(200);
    assert_eq!((changed.text("/description"), changed.text("/model")), ("I parse and test.".into(), "llama-4".into()));
    assert_eq!(changed.body["skills"], json!(["data", "sql"]));
    assert_eq!(change(&app, &ada, &id, json!({ "status": "paused" })).await.with(200).text("/status"), "paused");
    assert_eq!(change(&app, &ada, &id, json!({ "status": "retired" })).await.with(400).fields(), ["status"]);
    let eve = app.member("Eve").await;
    change(&app, &eve, &id, json!({ "name": "Mine" })).await.with(404);
    app.ask(Method::DELETE, &format!("/api/bot-profiles/{id}")).by(&eve).send().await.with(404);
    let deleted = app.ask(Method::DELETE, &format!("/api/bot-profiles/{id}")).by(&ada).send().await.with(200);
    assert_eq!(deleted.body, json!({ "id": id, "deleted": true }));
    assert_eq!(app.get("/api/bot-profiles").by(&ada).send().await.with(200).body["total"], 0);
    app.get(&format!("/api/bot-profiles/{id}")).by(&ada).send().await.with(404);
    app.close().await;
}

#[tokio::test]
async fn wrong_fields_of_a_bot_are_named() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let with = |name: &str, value: Value| {
        let mut body = botty();
        body[name] = value;
        body
    };
    for (body, field) in [
        (with("name", json!("B")), "name"),
        (with("model", json!("m".repeat(81))), "model"),
        (with("framework", json!(null)), "framework"),
        (with("skills", json!(["a|b"])), "skills"),
        (with("webhook_url", json!("http://10.0.0.1/hooks")), "webhook_url"),
    ] {
        assert_eq!(create(&app, &ada, body.clone()).await.with(400).fields(), [field], "{body}");
    }
    assert_eq!(app.get("/api/bot-profiles").by(&ada).send().await.with(200).body["total"], 0, "nothing was made");
    let reader = app.key(&ada, Prefix::Gigiac, &["agents:read"]).await;
    app.post("/api/bot-profiles").bearer(&reader).json(botty()).send().await.with(403);
    app.close().await;
}

#[tokio::test]
async fn a_bot_with_a_webhook_hears_its_own_events() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let mut body = botty();
    body["webhook_url"] = json!("https://bot.example.com/hooks");
    body["webhook_events"] = json!(["task.created", "proposal.accepted"]);
    let made = create(&app, &ada, body.clone()).await.with(201);
    assert!(made.text("/webhook_secret").starts_with("whsec_"), "{}", made.text);
    let hooks = app.get("/v1/webhooks").by(&ada).send().await.with(200);
    assert!(hooks.text.contains(&made.text("/webhook_id")) && !hooks.text.contains("whsec_"), "{}", hooks.text);
    body["webhook_events"] = json!(["task.exploded"]);
    assert_eq!(create(&app, &ada, body).await.with(400).fields(), ["webhook_events"]);
    app.close().await;
}

both! {
    async fn settled_work_attests_skills_and_is_rated(app) {
        let task = Task::posted(app, draft()).await;
        let bot = app.get("/api/bots/me/skills").by(&task.worker).send().await.with(200);
        let id = bot.text("/bot_id");
        assert_eq!((bot.text("/skills/0/skill"), bot.text("/skills/0/level")), ("coding".into(), "self_declared".into()));
        let early = json!({ "task_id": task.id, "rating": 5 });
        app.post("/api/ratings").by(&task.poster).json(early.clone()).send().await.with(409);

        let proposal = task.proposed(450.00).await;
        task.accept(&proposal).await.with(200);
        let work = task.deliver("The grammar is …").await.with(201).text("/id");
        task.decide(&work, json!({ "status": "accepted" })).await.with(200);
        let skills = app.get(&format!("/api/bots/{id}/skills")).by(&task.poster).send().await.with(200);
        let levels: Vec<_> = ["coding", "rust"].map(|name| {
            let all = skills.body["skills"].as_array().expect("a list");
            all.iter().find(|skill| skill["skill"] == name).map(|skill| (skill["level"].clone(), skill["tasks"].clone()))
        }).into_iter().collect();
        assert_eq!(levels, [Some((json!("worked"), json!(1))), Some((json!("worked"), json!(1)))]);
        app.get("/api/bots/agent_none/skills").by(&task.poster).send().await.with(404);

        let rated = app.post("/api/ratings").by(&task.poster).json(json!({ "task_id": task.id, "rating": 5, "comment": "A day early." }));
        assert_eq!(rated.send().await.with(201).body["rating"], 5);
        let hidden = app.get("/api/ratings").by(&task.worker).send().await.with(200);
        assert_eq!(hidden.body["total"], 0, "nobody reads one before both have rated");
        let other = json!({ "task_id": task.id, "stars": 4 });
        app.post("/api/ratings").by(&task.worker).json(other.clone()).send().await.with(201);
        app.post("/api/ratings").by(&task.worker).json(other).send().await.with(409);
        let received = app.get("/api/ratings").by(&task.worker).send().await.with(200);
        assert_eq!((received.body["average"].clone(), received.text("/ratings/0/comment")), (json!(5.0), "A day early.".into()));
        let of_bot = app.get(&format!("/api/ratings?bot_id={id}")).by(&task.poster).send().await.with(200);
        assert_eq!((of_bot.body["total"].clone(), of_bot.body["ratings"][0]["task_id"].clone()), (json!(1), json!(null)));
        let of_task = app.get(&format!("/api/ratings?task_id={}", task.id)).by(&task.worker).send().await.with(200);
        assert_eq!(of_task.body["total"], 2);
        let both = app.get(&format!("/api/ratings?bot_id={id}&user_id=team_1")).by(&task.worker).send().await.with(400);
        assert_eq!(both.fields(), ["bot_id"]);
        let eve = app.member("Eve").await;
        app.get(&format!("/api/ratings?task_id={}", task.id)).by(&eve).send().await.with(404);
    }

    async fn the_dashboard_has_the_numbers_of_the_pages(app) {
        let task = Task::posted(app, draft()).await;
        let proposal = task.proposed(450.00).await;
        let seen = async |who: &Person| app.get("/api/dashboard").by(who).send().await.with(200);
        let open = seen(&task.poster).await;
        let (available, reserved) = credits(app, &task.poster).await;
        assert_eq!((open.body["credits"]["available"].clone(), open.body["credits"]["reserved"].clone()), (available, reserved));
        assert_eq!((open.text("/posted/0/status"), open.body["posted"][0]["tasks"].clone()), ("open".into(), json!(1)));
        task.accept(&proposal).await.with(200);
        assert_eq!(seen(&task.worker).await.body["waiting_for_you"], 1, "the worker delivers");
        let work = task.deliver("The grammar is …").await.with(201).text("/id");
        assert_eq!(seen(&task.poster).await.body["waiting_for_you"], 1, "the poster judges");
        task.decide(&work, json!({ "status": "accepted" })).await.with(200);
        let (poster, worker) = (seen(&task.poster).await, seen(&task.worker).await);
        assert_eq!((worker.body["earnings"]["total"].clone(), worker.body["earnings"]["payments"].clone()), (json!(450.0), json!(1)));
        assert_eq!((poster.body["spending"]["spent"].clone(), poster.body["spending"]["spent_tasks"].clone()), (json!(472.5), json!(1)));
    }
}
