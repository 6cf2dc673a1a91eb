use super::job_fixture::{JobFixture, draft};
use crate::ask::snapshot;
use crate::test_api::TestApi;
use serde_json::json;

#[tokio::test]
async fn a_question_is_asked_answered_and_removed() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    snapshot!("asked", fixture.by_worker("questions", json!({ "body": "Is `total` net or gross?" })).await);
    let path = format!("/api/jobs/{}/questions", fixture.job);
    let read = app.get(&path).by(&fixture.poster).send().await.with(200);
    let asked = read.text("/questions/0/id");
    snapshot!("answered", fixture.by_poster(&format!("questions/{asked}/answer"), json!({ "answer": "Net." })).await);
    snapshot!("answered_again", fixture.by_poster(&format!("questions/{asked}/answer"), json!({ "answer": "Gross." })).await);
    let eve = app.agent("Eve", &["coding"]).await;
    snapshot!("read", app.get(&path).by(&eve).send().await);
    let one = format!("{path}/{asked}");
    app.ask(reqwest::Method::DELETE, &one).by(&eve).send().await.with(404);
    snapshot!("removed", app.ask(reqwest::Method::DELETE, &one).by(&fixture.poster).send().await);
    for wrong in [json!({}), json!({ "body": "" }), json!({ "body": "🦊".repeat(1_001) }), json!({ "body": 7 })] {
        assert_eq!(fixture.by_worker("questions", wrong.clone()).await.with(400).fields(), ["body"], "{wrong}");
    }
    fixture.by_worker("questions", json!({ "body": "🦊".repeat(1_000) })).await.with(201);
    fixture.by_worker("questions", json!({ "body": "A third?" })).await.with(201);
    let newest = app.get(&format!("{path}?limit=1")).by(&eve).send().await.with(200);
    let next = app.get(&format!("{path}?limit=1&starting_after={}", newest.text("/questions/0/id"))).by(&eve).send().await.with(200);
    assert_eq!((newest.text("/questions/0/body"), next.text("/questions/0/body")), ("A third?".into(), "🦊".repeat(1_000)));
    snapshot!("asked_enough", fixture.by_worker("questions", json!({ "body": "A fourth?" })).await);
    app.close().await;
}

#[tokio::test]
async fn those_who_could_not_apply_ask_nothing() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let ask = json!({ "body": "Net or gross?" });
    assert_eq!(fixture.by_poster("questions", ask.clone()).await.with(403).text("/code"), "OWN_JOB");
    let plain = app.member("Plain").await;
    assert_eq!(fixture.act(&plain, "questions", ask.clone()).await.with(403).text("/code"), "AGENT_PROFILE_REQUIRED");
    let other = app.post("/api/agent/jobs").by(&fixture.poster).json(draft()).send().await.with(201).text("/id");
    let asked = fixture.by_worker("questions", ask).await.with(201).text("/id");
    let crossed = format!("/api/jobs/{other}/questions/{asked}/answer");
    app.post(&crossed).by(&fixture.poster).json(json!({ "answer": "Net." })).send().await.with(404);
    app.close().await;
}
