//! Review settings, the choice of proofers, and funding.

use super::job_fixture::{JobFixture, draft};
use super::review::{Review, approve, proofed};
use crate::ask::{Answer, snapshot};
use crate::test_api::TestApi;
use market::{Duration, Money};
use reqwest::Method;
use serde_json::{Value, json};

async fn change(fixture: &JobFixture<'_>, change: Value) -> Answer {
    let path = format!("/api/jobs/{}/proof-settings", fixture.job);
    fixture.app.ask(Method::PATCH, &path).by(&fixture.poster).json(change).send().await
}

/// Returns the review settings as the poster reads them.
fn told(answer: &Answer) -> (Value, Value, Value) {
    (answer.body["proof_required"].clone(), answer.body["proofer_count"].clone(), answer.body["proof_fee"].clone())
}

#[tokio::test]
async fn settings_change_freely_until_the_job_is_funded() {
    let app = TestApi::new().await;
    let open = JobFixture::applied(&app).await;
    snapshot!("change_open", change(&open, json!({ "proof_required": true, "proofer_count": 3 })).await);
    let more = change(&open, json!({ "proofer_count": 9, "proof_fee": 500, "tie_break": true })).await.with(200);
    assert_eq!(told(&more), (json!(true), json!(9), json!(500)));
    let off = change(&open, json!({ "proofRequired": false })).await.with(200);
    assert_eq!(told(&off), (json!(false), json!(0), json!(0)));
    let asked = change(&open, json!({ "prooferCount": 2 })).await.with(200);
    assert_eq!(told(&asked), (json!(true), json!(2), json!(2_400)), "naming a count asks for proofers");
    assert_eq!(told(&change(&open, json!({})).await.with(200)), told(&asked), "nothing named, nothing changed");

    let chosen = JobFixture::accepted(&app).await;
    assert_eq!(chosen.seen_by(&chosen.poster).await.text("/status"), "pending_escrow");
    let rubric = json!([{ "name": "Accuracy", "weight": 2 }]);
    change(&chosen, json!({ "proofer_count": 4, "rubric": rubric })).await.with(200);
    assert_eq!(chosen.seen_by(&chosen.poster).await.body["rubric"][0]["name"], "Accuracy");
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_settings() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    for (body, field) in [
        (json!({ "proofer_count": 10 }), "proofer_count"),
        (json!({ "proofer_count": -1 }), "proofer_count"),
        (json!({ "proofer_count": "3" }), "proofer_count"),
        (json!({ "proof_required": true, "proofer_count": 0 }), "proofer_count"),
        (json!({ "proof_required": false, "proofer_count": 2 }), "proofer_count"),
        (json!({ "proof_required": "yes" }), "proof_required"),
        (json!({ "proof_required": true, "proof_fee": 99 }), "proof_fee"),
        (json!({ "proof_required": true, "proof_fee": 24.5 }), "proof_fee"),
        (json!({ "proof_required": true, "rubric": [{ "name": "" }] }), "rubric.name"),
        (json!({ "proof_required": true, "rubric": [{ "name": "A" }, { "name": "a" }] }), "rubric.name"),
        (json!({ "proof_required": true, "rubric": [{ "name": "A", "weight": 0 }] }), "rubric.weight"),
        (json!({ "proof_required": true, "rubric": (0..13).map(|n| json!({ "name": n.to_string() })).collect::<Vec<_>>() }), "rubric"),
    ] {
        assert_eq!(change(&fixture, body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let path = format!("/api/jobs/{}/proof-settings", fixture.job);
    app.ask(Method::PATCH, &path).by(&fixture.worker).json(json!({ "proofer_count": 1 })).send().await.with(404);
    assert_eq!(told(&fixture.seen_by(&fixture.poster).await), (json!(false), json!(0), json!(0)));
    app.close().await;
}

#[tokio::test]
async fn while_proofers_are_chosen_the_number_only_falls() {
    let app = TestApi::new().await;
    let review = Review::applied(&app, 4).await;
    for application in &review.applications[..2] {
        review.accept(application).await.with(200);
    }
    for change in [json!({ "proof_required": false }), json!({ "proof_fee": 500 }), json!({ "tie_break": true }), json!({ "rubric": [] })] {
        assert_eq!(review.settings(change.clone()).await.with(409).body["code"], "PROOF_SETTINGS_LOCKED", "{change}");
    }
    for count in [5, 1, 0, -1] {
        assert_eq!(review.settings(json!({ "proofer_count": count })).await.with(400).fields(), ["proofer_count"], "{count}");
    }
    snapshot!("reduce_too_far", review.settings(json!({ "proofer_count": 1 })).await);
    assert_eq!(review.settings(json!({ "proofer_count": 3 })).await.with(200).body["proofer_count"], 3);
    assert_eq!(review.settings(json!({ "proof_required": true, "proofer_count": 2 })).await.with(200).body["proofer_count"], 2);
    review.fund().await.with(200);
    app.close().await;
}

#[tokio::test]
async fn in_any_other_status_settings_stay() {
    let app = TestApi::new().await;
    let locked = async |fixture: &JobFixture<'_>, status: &str| {
        assert_eq!(fixture.seen_by(&fixture.poster).await.text("/status"), status);
        let refused = change(fixture, json!({ "proofer_count": 1 })).await.with(409);
        assert_eq!((refused.text("/code"), refused.text("/status")), ("PROOF_SETTINGS_LOCKED".into(), status.into()));
    };
    let working = JobFixture::funded(&app).await;
    locked(&working, "in_progress").await;
    let delivered = JobFixture::delivered(&app).await;
    locked(&delivered, "delivered").await;
    delivered.by_poster("request-revision", json!({ "message": "Two-digit years are not read yet." })).await.with(200);
    locked(&delivered, "revision_requested").await;
    delivered.deliver("Now they are.").await.with(200);
    delivered.by_poster("reject", json!({ "reason": "incomplete", "message": "Half of the samples are missing." })).await.with(200);
    locked(&delivered, "disputed").await;
    let review = Review::funded(&app, 1).await;
    locked(&review.fixture, "in_review").await;
    review.submit(0, approve()).await.with(201);
    locked(&review.fixture, "approved").await;
    review.fixture.by_poster("approve", json!({})).await.with(200);
    locked(&review.fixture, "releasing").await;
    app.advance(Duration::hours(24)).await;
    locked(&review.fixture, "completed").await;
    let cancelled = JobFixture::posted(&app).await;
    cancelled.by_poster("cancel", json!({})).await.with(200);
    locked(&cancelled, "cancelled").await;
    let expired = JobFixture::posted(&app).await;
    app.advance(Duration::days(30)).await;
    locked(&expired, "expired").await;
    app.close().await;
}

#[tokio::test]
async fn funding_needs_as_many_proofers_as_are_asked_for() {
    let app = TestApi::new().await;
    let review = Review::applied(&app, 3).await;
    for accepted in 0..3 {
        let missing = review.fund().await.with(400);
        assert_eq!((&missing.body["accepted"], &missing.body["required"]), (&json!(accepted), &json!(3)));
        if accepted == 1 {
            snapshot!("proofers_missing", missing);
        }
        review.accept(&review.applications[accepted]).await.with(200);
    }
    assert_eq!(review.fixture.by_poster("fund-proof-escrow", json!({ "useWallet": false })).await.with(400).fields(), ["useWallet"]);
    review.fixture.by_worker("fund-proof-escrow", json!({})).await.with(404);
    snapshot!("fund", review.fund().await);
    snapshot!("fund_again", review.fund().await);
    app.close().await;
}

#[tokio::test]
async fn accepting_a_proofer() {
    let app = TestApi::new().await;
    let mut review = Review::applied(&app, 2).await;
    let (first, second) = (review.applications[0].clone(), review.applications[1].clone());
    review.fixture.by_worker("accept-proofer", json!({ "applicationId": first })).await.with(404);
    assert_eq!(review.fixture.by_poster("accept-proofer", json!({})).await.with(400).fields(), ["applicationId"]);
    review.accept("prop_unknown").await.with(404);
    snapshot!("accept_work", review.accept(&review.fixture.application).await);
    let path = format!("/api/agent/jobs/{}/accept-application", review.fixture.job);
    snapshot!("hire_proofer", app.post(&path).by(&review.fixture.poster).json(json!({ "applicationId": first })).send().await);
    snapshot!("accept", review.accept(&first).await);
    snapshot!("accept_again", review.accept(&first).await);
    review.fixture.by_poster("accept-proofer", json!({ "application_id": second })).await.with(200);
    review.join("Late").await;
    snapshot!("accept_too_many", review.accept(&review.applications[2]).await);
    review.fund().await.with(200);
    review.accept(&review.applications[2]).await.with(409);
    app.close().await;
}

#[tokio::test]
async fn who_is_part_of_it_may_not_judge_it() {
    let app = TestApi::new().await;
    let review = Review::pending(&app, 1).await;
    let fixture = &review.fixture;
    let offer = json!({ "cover_letter": "I check totals." });
    snapshot!("apply_own", fixture.by_poster("apply", offer.clone()).await);
    snapshot!("apply_worker", fixture.by_worker("apply", offer.clone()).await);
    let needed = app.get("/api/jobs/proof-needed").by(&fixture.worker).send().await.with(200);
    assert_eq!(needed.body["total"], 0, "nor does it look for one");
    app.close().await;
}

#[tokio::test]
async fn who_lately_traded_with_a_side_may_not_judge_it() {
    let app = TestApi::new().await;
    let earlier = JobFixture::delivered(&app).await;
    earlier.by_poster("approve", json!({})).await.with(200);
    app.advance(Duration::hours(24)).await;
    // Its worker was paid by the poster of the next job.
    let mut next = Review::of(JobFixture::delivered_as(&app, proofed(1)).await);
    next.fixture.poster = earlier.poster.clone();
    next.fixture.job = posted_and_delivered(&next.fixture, proofed(1)).await;
    next.fixture.act(&earlier.worker, "nda", json!({})).await.with(200);
    snapshot!("apply_traded", next.fixture.act(&earlier.worker, "apply", json!({})).await);
    app.market.clock.advance(Duration::days(31));
    next.fixture.act(&earlier.worker, "apply", json!({})).await.with(201);
    app.close().await;
}

/// Posts and delivers another job between the same poster and worker; returns its id.
async fn posted_and_delivered(fixture: &JobFixture<'_>, draft: Value) -> String {
    let job = fixture.app.post("/api/agent/jobs").by(&fixture.poster).json(draft).send().await.with(201).text("/id");
    let act = async |who, act: &str, body| fixture.app.post(&format!("/api/jobs/{job}/{act}")).by(who).json(body).send().await;
    act(&fixture.worker, "nda", json!({})).await.with(200);
    let application = act(&fixture.worker, "apply", json!({ "proposed_price": 40_000 })).await.with(201).text("/id");
    let choice = json!({ "applicationId": application });
    fixture.app.post(&format!("/api/agent/jobs/{job}/accept-application")).by(&fixture.poster).json(choice).send().await.with(200);
    act(&fixture.poster, "fund-escrow", json!({})).await.with(200);
    act(&fixture.worker, "deliver", json!({ "content": "The grammar is …" })).await.with(200);
    job
}

#[tokio::test]
async fn a_proof_needs_money() {
    let app = TestApi::new().await;
    let poor = app.poster("Poor", Money(47_250)).await;
    let mut review = Review::pending(&app, 1).await;
    review.fixture.poster = poor;
    let mut job = draft();
    (job["proofer_count"], job["budget_max"]) = (json!(1), json!(45_000));
    (job["budget_min"], job["proof_fee"]) = (json!(100), json!(10_000));
    review.fixture.job = posted_and_delivered(&review.fixture, job).await;
    review.join("Checker").await;
    review.accept(&review.applications[0]).await.with(200);
    let short = review.fund().await.with(402);
    assert_eq!((&short.body["required"], &short.body["available"]), (&json!(10_000), &json!(5_250)));
    assert_eq!(review.status().await, "pending_proof", "nothing happened");
    app.close().await;
}
