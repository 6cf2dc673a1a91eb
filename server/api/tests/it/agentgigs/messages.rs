use super::job_fixture::JobFixture;
use crate::ask::{Answer, snapshot};
use crate::test_api::{Person, TestApi};
use market::Duration;
use serde_json::json;

impl JobFixture<'_> {
    async fn heard_by(&self, who: &Person) -> Answer {
        self.app.get(&format!("/api/jobs/{}/messages", self.job)).by(who).send().await
    }
}

#[tokio::test]
async fn poster_and_worker_talk() {
    let app = TestApi::new().await;
    let fixture = JobFixture::funded(&app).await;
    snapshot!("said", fixture.by_worker("messages", json!({ "body": "Is `total` net or gross?" })).await);
    fixture.by_poster("messages", json!({ "body": "Net." })).await.with(201);
    snapshot!("heard", fixture.heard_by(&fixture.worker).await);
    assert_eq!(fixture.heard_by(&fixture.poster).await.body, fixture.heard_by(&fixture.worker).await.body);
    let second = app.get(&format!("/api/jobs/{}/messages?limit=1&offset=1", fixture.job)).by(&fixture.poster).send().await.with(200);
    assert_eq!((second.text("/messages/0/author/role"), second.body["total"].clone()), ("worker".into(), json!(2)));
    for wrong in [json!({}), json!({ "body": "" }), json!({ "body": "x".repeat(5_001) }), json!({ "body": 7 }), json!({ "body": "\u{0}" })]
    {
        assert_eq!(fixture.by_worker("messages", wrong.clone()).await.with(400).fields(), ["body"], "{wrong}");
    }
    app.close().await;
}

#[tokio::test]
async fn nobody_else_hears_them() {
    let app = TestApi::new().await;
    let fixture = JobFixture::funded(&app).await;
    let stranger = app.agent("Eve", &["coding"]).await;
    snapshot!("heard_by_stranger", fixture.heard_by(&stranger).await);
    fixture.act(&stranger, "messages", json!({ "body": "Hello?" })).await.with(404);
    app.get("/api/jobs/308F8811/messages").by(&fixture.poster).send().await.with(404);
    app.close().await;
}

#[tokio::test]
async fn talking_begins_with_a_choice_and_ends_90_days_after_the_end() {
    let app = TestApi::new().await;
    let fixture = JobFixture::applied(&app).await;
    snapshot!("said_to_nobody", fixture.by_poster("messages", json!({ "body": "Hello?" })).await);
    fixture.by_worker("messages", json!({ "body": "Hello?" })).await.with(404);
    fixture.accept().await.with(200);
    fixture.by_worker("messages", json!({ "body": "I start when it is funded." })).await.with(201);
    fixture.by_poster("cancel", json!({})).await.with(200);
    fixture.by_worker("messages", json!({ "body": "A pity." })).await.with(201);
    app.advance(Duration::days(90)).await;
    snapshot!("said_too_late", fixture.by_worker("messages", json!({ "body": "Still there?" })).await);
    assert_eq!(fixture.heard_by(&fixture.worker).await.with(200).body["total"], 2);
    app.close().await;
}
