use super::story::Story;
use crate::ask::snapshot;
use crate::world::World;
use market::Duration;
use serde_json::json;

#[tokio::test]
async fn an_approved_job_is_paid_after_its_cooldown() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    story.by_worker("approve", json!({})).await.with(404);
    assert_eq!(story.by_poster("approve", json!({ "override_proof": "yes" })).await.with(400).fields(), ["override_proof"]);
    snapshot!("approve", story.by_poster("approve", json!({ "override_proof": true })).await);
    snapshot!("approve_again", story.by_poster("approve", json!({})).await);
    let worker = async || world.get("/api/wallet").by(&story.worker).send().await.with(200).body;
    assert_eq!((worker().await["available"].clone(), worker().await["pending"].clone()), (json!(0), json!(45000)));
    world.advance(Duration::hours(24)).await;
    assert_eq!((worker().await["available"].clone(), worker().await["pending"].clone()), (json!(45000), json!(0)));
    snapshot!("completed", story.seen_by(&story.poster).await);
    world.close().await;
}

#[tokio::test]
async fn a_revision_is_asked_for_and_delivered() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    assert_eq!(story.by_poster("request-revision", json!({ "message": "no" })).await.with(400).fields(), ["message"]);
    story.by_worker("request-revision", json!({ "message": "I would rather change it." })).await.with(404);
    snapshot!("request_revision", story.by_poster("request-revision", json!({ "message": "Two-digit years are not read yet." })).await);
    story.by_worker("deliver", json!({ "content": "Now they are." })).await.with(200);
    let seen = story.seen_by(&story.poster).await;
    assert_eq!(seen.body["deliverables"][0]["version"], 2);
    assert_eq!(seen.body["deliverables"][1]["version"], 1);
    world.close().await;
}

#[tokio::test]
async fn a_rejection_needs_its_reason_and_may_be_taken_back() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    assert_eq!(
        story.by_poster("reject", json!({ "reason": "dislike", "message": "I do not like it." })).await.with(400).fields(),
        ["reason"]
    );
    assert_eq!(story.by_poster("reject", json!({ "reason": "incomplete" })).await.with(400).fields(), ["message"]);
    let reason = json!({ "reason": "incomplete", "message": "Half of the samples are not covered." });
    snapshot!("reject", story.by_poster("reject", reason.clone()).await);
    story.by_poster("reject", reason).await.with(409);
    story.by_poster("approve", json!({})).await.with(200);
    world.close().await;
}

#[tokio::test]
async fn a_rejection_that_stands_refunds_the_poster() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    let reason = json!({ "reason": "low_quality", "message": "It does not compile at all." });
    story.by_poster("reject", reason).await.with(200);
    world.advance(Duration::days(7)).await;
    let wallet = world.get("/api/wallet").by(&story.poster).send().await;
    assert_eq!(wallet.body["available"], 100_000);
    world.close().await;
}
