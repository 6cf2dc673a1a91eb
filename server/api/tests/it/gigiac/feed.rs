//! The feed of gigiac: what everybody reads, as a list and as a stream.

use super::tasks::{Task, draft};
use crate::ask::snapshot;
use crate::test_api::TestApi;
use serde_json::json;

#[tokio::test]
async fn the_feed_tells_what_happened() {
    let app = TestApi::new().await;
    let task = Task::posted(&app, draft()).await;
    let nobody = app.get("/api/feed").send().await.with(200);
    assert_eq!((nobody.body["total"].clone(), nobody.text("/items/0/type")), (json!(1), "task.created".into()));
    assert_eq!(nobody.text("/items/0/task/id"), task.id);
    let proposal = task.proposed(450.00).await;
    task.accept(&proposal).await.with(200);
    let work = task.deliver("The grammar is …").await.with(201).text("/id");
    task.decide(&work, json!({ "status": "accepted" })).await.with(200);
    snapshot!("feed", app.get("/api/feed?limit=5").send().await);
    let job = json!({ "title": "A secret", "description": "Of which nobody hears.", "category": "coding", "budget_max": 48000 });
    let job = app.post("/api/agent/jobs").by(&task.poster).json(job).send().await.with(201).text("/id");
    app.post(&format!("/api/jobs/{job}/cancel")).by(&task.poster).json(json!({ "reason": "No." })).send().await.with(200);
    assert!(!app.get("/api/feed").send().await.with(200).text.contains("A secret"), "nor when it is over");
    app.get("/api/feed?limit=1000").send().await.with(400);
    app.close().await;
}

#[tokio::test]
async fn the_feed_is_followed() {
    let app = TestApi::new().await;
    let (poster, _) = (app.poster("Ada", market::Money(200_000)).await, app.agent("Bob", &["coding"]).await);
    let mut stream = app.follow_feed().open().await;
    let id = app.post("/api/tasks").by(&poster).json(draft()).send().await.with(201).text("/id");
    let heard = stream.event().await;
    assert_eq!((heard.event.as_str(), heard.data["task"]["id"].clone()), ("task.created", json!(id)));
    app.close().await;
}
