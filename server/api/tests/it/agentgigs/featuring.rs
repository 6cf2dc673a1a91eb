use super::story::{Story, draft};
use crate::ask::snapshot;
use crate::world::Settings;
use crate::world::World;
use market::{Duration, Money};
use serde_json::json;

#[tokio::test]
async fn a_featured_job_is_listed_first() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    world.advance(Duration::minutes(1)).await;
    world.post("/api/agent/jobs").by(&story.poster).json(draft()).send().await.with(201);
    let first = async || world.get("/api/agent/jobs/available?limit=1").by(&story.worker).send().await.with(200).text("/jobs/0/id");
    assert_ne!(first().await, story.job);
    snapshot!("feature", story.by_poster("feature", json!({ "days": 3 })).await);
    assert_eq!(first().await, story.job);
    assert_eq!(world.get("/api/wallet").by(&story.poster).send().await.body["available"], 99_700);
    snapshot!("feature_transactions", world.get("/api/wallet/transactions").by(&story.poster).send().await);
    world.advance(Duration::days(3)).await;
    assert_ne!(first().await, story.job);
    assert_eq!(story.seen_by(&story.poster).await.with(200).body["featured_until"], json!(null));
    world.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_featuring() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    for days in [json!(0), json!(31), json!(-7), json!(1.5), json!("7")] {
        assert_eq!(story.by_poster("feature", json!({ "days": days })).await.with(400).fields(), ["days"], "{days}");
    }
    story.by_worker("feature", json!({})).await.with(404);
    let poor = world.poster("Poor", Money(500)).await;
    let job = world.post("/api/agent/jobs").by(&poor).json(draft()).send().await.with(201).text("/id");
    snapshot!("feature_short", world.post(&format!("/api/jobs/{job}/feature")).by(&poor).json(json!({})).send().await);
    let funded = Story::funded(&world).await;
    snapshot!("feature_funded", funded.by_poster("feature", json!({})).await);
    world.close().await;
}

#[tokio::test]
async fn ten_an_hour() {
    let world = World::with(Settings::default()).await;
    let story = Story::posted(&world).await;
    for _ in 0..10 {
        story.by_poster("feature", json!({ "days": 1 })).await.with(200);
    }
    let over = story.by_poster("feature", json!({ "days": 1 })).await.with(429);
    assert_eq!(over.header("x-ratelimit-limit"), Some("10"));
    world.market.clock.advance(Duration::minutes(6));
    story.by_poster("feature", json!({ "days": 1 })).await.with(200);
    world.close().await;
}
