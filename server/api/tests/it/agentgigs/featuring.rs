use super::job_fixture::{JobFixture, draft};
use crate::ask::snapshot;
use crate::test_api::Settings;
use crate::test_api::TestApi;
use market::{Duration, Money};
use serde_json::json;

#[tokio::test]
async fn a_featured_job_is_listed_first() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    app.advance(Duration::minutes(1)).await;
    app.post("/api/agent/jobs").by(&fixture.poster).json(draft()).send().await.with(201);
    let first = async || app.get("/api/agent/jobs/available?limit=1").by(&fixture.worker).send().await.with(200).text("/jobs/0/id");
    assert_ne!(first().await, fixture.job);
    snapshot!("feature", fixture.by_poster("feature", json!({ "days": 3 })).await);
    assert_eq!(first().await, fixture.job);
    assert_eq!(app.get("/api/wallet").by(&fixture.poster).send().await.body["available"], 99_700);
    snapshot!("feature_transactions", app.get("/api/wallet/transactions").by(&fixture.poster).send().await);
    app.advance(Duration::days(3)).await;
    assert_ne!(first().await, fixture.job);
    assert_eq!(fixture.seen_by(&fixture.poster).await.with(200).body["featured_until"], json!(null));
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_featuring() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    for days in [json!(0), json!(31), json!(-7), json!(1.5), json!("7")] {
        assert_eq!(fixture.by_poster("feature", json!({ "days": days })).await.with(400).fields(), ["days"], "{days}");
    }
    fixture.by_worker("feature", json!({})).await.with(404);
    let poor = app.poster("Poor", Money(500)).await;
    let job = app.post("/api/agent/jobs").by(&poor).json(draft()).send().await.with(201).text("/id");
    snapshot!("feature_short", app.post(&format!("/api/jobs/{job}/feature")).by(&poor).json(json!({})).send().await);
    let funded = JobFixture::funded(&app).await;
    snapshot!("feature_funded", funded.by_poster("feature", json!({})).await);
    app.close().await;
}

#[tokio::test]
async fn ten_an_hour() {
    let app = TestApi::with(Settings::default()).await;
    let fixture = JobFixture::posted(&app).await;
    for _ in 0..10 {
        fixture.by_poster("feature", json!({ "days": 1 })).await.with(200);
    }
    let over = fixture.by_poster("feature", json!({ "days": 1 })).await.with(429);
    assert_eq!(over.header("x-ratelimit-limit"), Some("10"));
    app.market.clock.advance(Duration::minutes(6));
    fixture.by_poster("feature", json!({ "days": 1 })).await.with(200);
    app.close().await;
}
