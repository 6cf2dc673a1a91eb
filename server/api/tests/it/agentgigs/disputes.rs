use super::story::Story;
use crate::ask::{Answer, snapshot};
use crate::world::{Person, World};
use market::Duration;
use serde_json::{Value, json};

impl Story<'_> {
    async fn case_for(&self, who: &Person) -> Answer {
        self.world.get(&format!("/api/jobs/{}/dispute", self.job)).by(who).send().await
    }
}

fn told() -> Value {
    json!({ "statement": "The samples cover two-digit years.", "evidence": [{ "text": "See line 40 of the brief." }] })
}

#[tokio::test]
async fn a_dispute_is_opened_answered_and_split() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    story.case_for(&story.worker).await.with(404);
    snapshot!("opened", story.by_worker("dispute", told()).await);
    snapshot!("open_already", story.by_poster("dispute", told()).await);
    assert_eq!(story.seen_by(&story.poster).await.text("/otherwise"), "job.rule");
    story.by_worker("dispute/answer", told()).await.with(409);
    snapshot!("answered", story.by_poster("dispute/answer", json!({ "statement": "They have to be four digits." })).await);
    snapshot!("answered_again", story.by_poster("dispute/answer", told()).await);
    snapshot!("shown", story.by_poster("dispute/evidence", json!({ "text": "Line 41." })).await);
    story.by_poster("dispute/withdraw", json!({})).await.with(409);

    let admin = world.admin("Root").await;
    let waiting = world.get("/api/disputes").by(&admin).send().await;
    snapshot!("waiting", waiting);
    snapshot!("seen_by_admin", story.case_for(&admin).await);
    let path = format!("/api/disputes/{}/resolve", waiting.text("/disputes/0/id"));
    let ruling = json!({ "ruling": "split", "worker_share": 20000, "reason": "Half of the samples are covered." });
    world.post(&path).by(&story.poster).json(ruling.clone()).send().await.with(403);
    snapshot!("resolved", world.post(&path).by(&admin).json(ruling.clone()).send().await);
    snapshot!("resolved_again", world.post(&path).by(&admin).json(ruling).send().await);
    let seen = story.seen_by(&story.worker).await;
    assert_eq!((seen.text("/status"), seen.text("/escrow/status")), ("completed".into(), "split".into()));
    // 5 % of 200.00 stay with the operator; the rest of 472.50 is the poster's again.
    for (who, cents) in [(&story.worker, 20_000), (&story.poster, 100_000 - 21_000)] {
        assert_eq!(world.get("/api/wallet").by(who).send().await.body["available"], cents);
        assert_eq!(world.get("/api/wallet/transactions").by(who).send().await.text("/transactions/0/type"), "split");
    }
    world.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_dispute() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    for (body, field) in [
        (json!({}), "statement"),
        (json!({ "statement": "short" }), "statement"),
        (json!({ "statement": "x".repeat(5_001) }), "statement"),
        (json!({ "statement": "Long enough.", "evidence": [{}] }), "text"),
        (json!({ "statement": "Long enough.", "evidence": "x" }), "evidence"),
    ] {
        assert_eq!(story.by_worker("dispute", body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let stranger = world.member("Eve").await;
    story.act(&stranger, "dispute", told()).await.with(404);
    snapshot!("none_to_answer", story.by_worker("dispute/answer", told()).await);
    story.by_worker("dispute", told()).await.with(201);
    for act in ["dispute/answer", "dispute/evidence", "dispute/withdraw"] {
        story.act(&stranger, act, json!({ "statement": "Hello there.", "text": "Hello" })).await.with(404);
    }
    story.case_for(&stranger).await.with(404);
    snapshot!("list_by_stranger", world.get("/api/disputes").by(&stranger).send().await);
    let admin = world.admin("Root").await;
    assert_eq!(world.get("/api/disputes?status=lost").by(&admin).send().await.with(400).fields(), ["status"]);
    world
        .post("/api/disputes/dsp_none/resolve")
        .by(&admin)
        .json(json!({ "ruling": "refund", "reason": "Long enough." }))
        .send()
        .await
        .with(404);
    let id = story.case_for(&admin).await.text("/id");
    for (body, field) in [
        (json!({ "ruling": "refund" }), "reason"),
        (json!({ "ruling": "keep", "reason": "Long enough." }), "ruling"),
        (json!({ "ruling": "split", "reason": "Long enough." }), "worker_share"),
        (json!({ "ruling": "split", "reason": "Long enough.", "worker_share": 45000 }), "worker_share"),
        (json!({ "ruling": "split", "reason": "Long enough.", "worker_share": 1.5 }), "worker_share"),
    ] {
        let answer = world.post(&format!("/api/disputes/{id}/resolve")).by(&admin).json(body.clone()).send().await;
        assert_eq!(answer.with(400).fields(), [field], "{body}");
    }
    world.close().await;
}

#[tokio::test]
async fn a_dispute_is_taken_back() {
    let world = World::new().await;
    let story = Story::funded(&world).await;
    story.by_poster("dispute", told()).await.with(201);
    snapshot!("withdrawn", story.by_poster("dispute/withdraw", json!({})).await);
    assert_eq!(story.case_for(&story.worker).await.text("/status"), "withdrawn");
    world.close().await;
}

#[tokio::test]
async fn without_a_ruling_the_default_holds() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    story.by_worker("dispute", told()).await.with(201);
    world.advance(Duration::days(14)).await;
    let case = story.case_for(&story.worker).await;
    assert_eq!((case.text("/ruling"), case.text("/ruled_by")), ("release".into(), "timer".into()));
    assert_eq!(world.get("/api/wallet").by(&story.worker).send().await.body["available"], 45_000);
    world.close().await;
}
