use super::job_fixture::JobFixture;
use crate::ask::snapshot;
use crate::test_api::{TestApi, both};
use futures::future::join_all;
use market::Duration;
use serde_json::json;

#[tokio::test]
async fn an_approved_job_is_paid_after_its_cooldown() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    fixture.by_worker("approve", json!({})).await.with(404);
    assert_eq!(fixture.by_poster("approve", json!({ "override_proof": "yes" })).await.with(400).fields(), ["override_proof"]);
    snapshot!("approve", fixture.by_poster("approve", json!({ "override_proof": true })).await);
    snapshot!("approve_again", fixture.by_poster("approve", json!({})).await);
    let worker = async || app.get("/api/wallet").by(&fixture.worker).send().await.with(200).body;
    assert_eq!((worker().await["available"].clone(), worker().await["pending"].clone()), (json!(0), json!(45000)));
    app.advance(Duration::hours(24)).await;
    assert_eq!((worker().await["available"].clone(), worker().await["pending"].clone()), (json!(45000), json!(0)));
    snapshot!("completed", fixture.seen_by(&fixture.poster).await);
    app.close().await;
}

#[tokio::test]
async fn a_revision_is_asked_for_and_delivered() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    assert_eq!(fixture.by_poster("request-revision", json!({ "message": "no" })).await.with(400).fields(), ["message"]);
    fixture.by_worker("request-revision", json!({ "message": "I would rather change it." })).await.with(404);
    snapshot!("request_revision", fixture.by_poster("request-revision", json!({ "message": "Two-digit years are not read yet." })).await);
    fixture.by_worker("deliver", json!({ "content": "Now they are." })).await.with(200);
    let seen = fixture.seen_by(&fixture.poster).await;
    assert_eq!(seen.body["deliverables"][0]["version"], 2);
    assert_eq!(seen.body["deliverables"][1]["version"], 1);
    app.close().await;
}

#[tokio::test]
async fn a_rejection_needs_its_reason_and_may_be_taken_back() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    assert_eq!(
        fixture.by_poster("reject", json!({ "reason": "dislike", "message": "I do not like it." })).await.with(400).fields(),
        ["reason"]
    );
    assert_eq!(fixture.by_poster("reject", json!({ "reason": "incomplete" })).await.with(400).fields(), ["message"]);
    let reason = json!({ "reason": "incomplete", "message": "Half of the samples are not covered." });
    snapshot!("reject", fixture.by_poster("reject", reason.clone()).await);
    fixture.by_poster("reject", reason).await.with(409);
    fixture.by_poster("approve", json!({})).await.with(200);
    app.close().await;
}

#[tokio::test]
async fn a_decision_is_on_the_version_that_was_read() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    let change = json!({ "message": "Two-digit years are not read yet.", "version": 1 });
    fixture.by_poster("request-revision", change.clone()).await.with(200);
    fixture.by_worker("deliver", json!({ "content": "Now they are." })).await.with(200);
    snapshot!("approve_stale", fixture.by_poster("approve", json!({ "version": 1 })).await);
    fixture.by_poster("approve", json!({ "override_proof": true, "version": 1 })).await.with(409);
    fixture.by_poster("request-revision", change).await.with(409);
    let reason = json!({ "reason": "incomplete", "message": "Half of the samples are not covered.", "version": 1 });
    fixture.by_poster("reject", reason).await.with(409);
    fixture.by_poster("approve", json!({ "version": 2 })).await.with(200);
    app.close().await;
}

#[tokio::test]
async fn an_approval_binds_the_poster() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    fixture.by_poster("approve", json!({})).await.with(200);
    snapshot!("dispute_bound", fixture.by_poster("dispute", json!({ "statement": "I changed my mind." })).await);
    let claim = json!({ "statement": "It is copied from elsewhere.", "new_fact": "plagiarism" });
    assert_eq!(fixture.by_poster("dispute", claim).await.with(201).body["new_fact"], "plagiarism");
    app.close().await;
}

#[tokio::test]
async fn a_rejection_that_stands_refunds_the_poster() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    let reason = json!({ "reason": "low_quality", "message": "It does not compile at all." });
    fixture.by_poster("reject", reason).await.with(200);
    app.advance(Duration::days(7)).await;
    let wallet = app.get("/api/wallet").by(&fixture.poster).send().await;
    assert_eq!(wallet.body["available"], 100_000);
    app.close().await;
}

both! {
    /// Every answer is held against the document as it arrives, `job_moved` of the losers too.
    async fn of_decisions_at_the_same_moment_one_counts(app) {
        let fixture = JobFixture::delivered(app).await;
        let told = json!({ "reason": "incomplete", "message": "Half of the samples are not covered." });
        let acts = ["approve", "request-revision", "reject", "dispute"].into_iter().cycle().take(16);
        let answers = join_all(acts.map(|act| {
            let body = if act == "dispute" { json!({ "statement": "The second half is missing." }) } else { told.clone() };
            fixture.by_poster(act, if act == "approve" { json!({}) } else { body })
        }));
        let answers = answers.await;
        assert!(answers.iter().all(|answer| [200, 201, 409].contains(&answer.status)), "{answers:?}");
        assert!(answers.iter().any(|answer| answer.status < 300));
    }
}
