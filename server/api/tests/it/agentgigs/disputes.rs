use super::job_fixture::JobFixture;
use crate::ask::{Answer, snapshot};
use crate::test_api::{Person, TestApi};
use market::Duration;
use serde_json::{Value, json};

impl JobFixture<'_> {
    async fn case_for(&self, who: &Person) -> Answer {
        self.app.get(&format!("/api/jobs/{}/dispute", self.job)).by(who).send().await
    }
}

fn told() -> Value {
    json!({ "statement": "The samples cover two-digit years.", "evidence": [{ "text": "See line 40 of the brief." }] })
}

#[tokio::test]
async fn a_dispute_is_opened_answered_and_split() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    fixture.case_for(&fixture.worker).await.with(404);
    snapshot!("opened", fixture.by_worker("dispute", told()).await);
    snapshot!("open_already", fixture.by_poster("dispute", told()).await);
    assert_eq!(fixture.seen_by(&fixture.poster).await.text("/otherwise"), "job.rule");
    fixture.by_worker("dispute/answer", told()).await.with(409);
    snapshot!("answered", fixture.by_poster("dispute/answer", json!({ "statement": "They have to be four digits." })).await);
    snapshot!("answered_again", fixture.by_poster("dispute/answer", told()).await);
    snapshot!("shown", fixture.by_poster("dispute/evidence", json!({ "text": "Line 41." })).await);
    fixture.by_poster("dispute/withdraw", json!({})).await.with(409);

    let admin = app.admin("Root").await;
    let waiting = app.get("/api/disputes").by(&admin).send().await;
    snapshot!("waiting", waiting);
    snapshot!("seen_by_admin", fixture.case_for(&admin).await);
    let path = format!("/api/disputes/{}/resolve", waiting.text("/disputes/0/id"));
    let ruling = json!({ "ruling": "split", "worker_share": 20000, "reason": "Half of the samples are covered." });
    app.post(&path).by(&fixture.poster).json(ruling.clone()).send().await.with(403);
    snapshot!("resolved", app.post(&path).by(&admin).json(ruling.clone()).send().await);
    snapshot!("resolved_again", app.post(&path).by(&admin).json(ruling).send().await);
    let seen = fixture.seen_by(&fixture.worker).await;
    assert_eq!((seen.text("/status"), seen.text("/escrow/status")), ("completed".into(), "split".into()));
    // 5 % of 200.00 stay with the operator; the rest of 472.50 is the poster's again.
    for (who, cents) in [(&fixture.worker, 20_000), (&fixture.poster, 100_000 - 21_000)] {
        assert_eq!(app.get("/api/wallet").by(who).send().await.body["available"], cents);
        assert_eq!(app.get("/api/wallet/transactions").by(who).send().await.text("/transactions/0/type"), "split");
    }
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_dispute() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    for (body, field) in [
        (json!({}), "statement"),
        (json!({ "statement": "short" }), "statement"),
        (json!({ "statement": "x".repeat(5_001) }), "statement"),
        (json!({ "statement": "Long enough.", "evidence": [{}] }), "text"),
        (json!({ "statement": "Long enough.", "evidence": "x" }), "evidence"),
    ] {
        assert_eq!(fixture.by_worker("dispute", body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let stranger = app.member("Eve").await;
    fixture.act(&stranger, "dispute", told()).await.with(404);
    snapshot!("none_to_answer", fixture.by_worker("dispute/answer", told()).await);
    fixture.by_worker("dispute", told()).await.with(201);
    for act in ["dispute/answer", "dispute/evidence", "dispute/withdraw"] {
        fixture.act(&stranger, act, json!({ "statement": "Hello there.", "text": "Hello" })).await.with(404);
    }
    fixture.case_for(&stranger).await.with(404);
    snapshot!("list_by_stranger", app.get("/api/disputes").by(&stranger).send().await);
    let admin = app.admin("Root").await;
    assert_eq!(app.get("/api/disputes?status=lost").by(&admin).send().await.with(400).fields(), ["status"]);
    app.post("/api/disputes/dsp_none/resolve")
        .by(&admin)
        .json(json!({ "ruling": "refund", "reason": "Long enough." }))
        .send()
        .await
        .with(404);
    let id = fixture.case_for(&admin).await.text("/id");
    for (body, field) in [
        (json!({ "ruling": "refund" }), "reason"),
        (json!({ "ruling": "keep", "reason": "Long enough." }), "ruling"),
        (json!({ "ruling": "split", "reason": "Long enough." }), "worker_share"),
        (json!({ "ruling": "split", "reason": "Long enough.", "worker_share": 45000 }), "worker_share"),
        (json!({ "ruling": "split", "reason": "Long enough.", "worker_share": 1.5 }), "worker_share"),
    ] {
        let answer = app.post(&format!("/api/disputes/{id}/resolve")).by(&admin).json(body.clone()).send().await;
        assert_eq!(answer.with(400).fields(), [field], "{body}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_dispute_is_taken_back() {
    let app = TestApi::new().await;
    let fixture = JobFixture::funded(&app).await;
    fixture.by_poster("dispute", told()).await.with(201);
    snapshot!("withdrawn", fixture.by_poster("dispute/withdraw", json!({})).await);
    assert_eq!(fixture.case_for(&fixture.worker).await.text("/status"), "withdrawn");
    app.close().await;
}

#[tokio::test]
async fn a_disputed_worker_still_delivers_and_the_job_goes_on() {
    let app = TestApi::new().await;
    let fixture = JobFixture::funded(&app).await;
    fixture.by_poster("dispute", told()).await.with(201);
    assert_eq!(fixture.deliver("The grammar is …").await.with(200).body["status"], "disputed");
    fixture.by_worker("deliver", json!({ "content": "Once more." })).await.with(409);
    app.advance(Duration::days(14)).await;
    let case = fixture.case_for(&fixture.worker).await;
    assert_eq!((case.text("/status"), case.body["ruling"].is_null()), ("lapsed".into(), true));
    assert_eq!(fixture.seen_by(&fixture.worker).await.body["status"], "delivered");
    app.close().await;
}

#[tokio::test]
async fn a_rejected_job_is_disputed_to_this_dialect() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    let reason = json!({ "reason": "incomplete", "message": "Half of the samples are not covered." });
    assert_eq!(fixture.by_poster("reject", reason).await.with(200).body["status"], "disputed");
    let listed = async |status: &str| app.get(&format!("/api/agent/jobs?status={status}")).by(&fixture.poster).send().await;
    assert_eq!(listed("disputed").await.with(200).body["total"], 1);
    assert_eq!(listed("rejected").await.with(400).fields(), ["status"]);
    let case = fixture.by_worker("dispute", told()).await.with(201);
    assert_eq!(case.text("/answer"), "Half of the samples are not covered.", "the rejection is the poster's answer");
    assert_eq!(listed("disputed").await.body["total"], 1);
    app.close().await;
}

#[tokio::test]
async fn without_a_ruling_the_default_holds() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    fixture.by_worker("dispute", told()).await.with(201);
    app.advance(Duration::days(14)).await;
    let case = fixture.case_for(&fixture.worker).await;
    assert_eq!((case.text("/ruling"), case.text("/ruled_by")), ("release".into(), "timer".into()));
    assert_eq!(app.get("/api/wallet").by(&fixture.worker).send().await.body["available"], 45_000);
    app.close().await;
}
