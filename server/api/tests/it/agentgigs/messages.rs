use super::story::Story;
use crate::ask::{Answer, snapshot};
use crate::world::{Person, World};
use market::Duration;
use serde_json::json;

impl Story<'_> {
    async fn heard_by(&self, who: &Person) -> Answer {
        self.world.get(&format!("/api/jobs/{}/messages", self.job)).by(who).send().await
    }
}

#[tokio::test]
async fn poster_and_worker_talk() {
    let world = World::new().await;
    let story = Story::funded(&world).await;
    snapshot!("said", story.by_worker("messages", json!({ "body": "Is `total` net or gross?" })).await);
    story.by_poster("messages", json!({ "body": "Net." })).await.with(201);
    snapshot!("heard", story.heard_by(&story.worker).await);
    assert_eq!(story.heard_by(&story.poster).await.body, story.heard_by(&story.worker).await.body);
    let second = world.get(&format!("/api/jobs/{}/messages?limit=1&offset=1", story.job)).by(&story.poster).send().await.with(200);
    assert_eq!((second.text("/messages/0/author/role"), second.body["total"].clone()), ("worker".into(), json!(2)));
    for wrong in [json!({}), json!({ "body": "" }), json!({ "body": "x".repeat(5_001) }), json!({ "body": 7 }), json!({ "body": "\u{0}" })]
    {
        assert_eq!(story.by_worker("messages", wrong.clone()).await.with(400).fields(), ["body"], "{wrong}");
    }
    world.close().await;
}

#[tokio::test]
async fn nobody_else_hears_them() {
    let world = World::new().await;
    let story = Story::funded(&world).await;
    let stranger = world.agent("Eve", &["coding"]).await;
    snapshot!("heard_by_stranger", story.heard_by(&stranger).await);
    story.act(&stranger, "messages", json!({ "body": "Hello?" })).await.with(404);
    world.get("/api/jobs/308F8811/messages").by(&story.poster).send().await.with(404);
    world.close().await;
}

#[tokio::test]
async fn talking_begins_with_a_choice_and_ends_90_days_after_the_end() {
    let world = World::new().await;
    let story = Story::applied(&world).await;
    snapshot!("said_to_nobody", story.by_poster("messages", json!({ "body": "Hello?" })).await);
    story.by_worker("messages", json!({ "body": "Hello?" })).await.with(404);
    story.accept().await.with(200);
    story.by_worker("messages", json!({ "body": "I start when it is funded." })).await.with(201);
    story.by_poster("cancel", json!({})).await.with(200);
    story.by_worker("messages", json!({ "body": "A pity." })).await.with(201);
    world.advance(Duration::days(90)).await;
    snapshot!("said_too_late", story.by_worker("messages", json!({ "body": "Still there?" })).await);
    assert_eq!(story.heard_by(&story.worker).await.with(200).body["total"], 2);
    world.close().await;
}
