//! The reference's nine "common mistakes": each error tells the caller the remedy.

use super::job_fixture::{JobFixture, draft};
use super::review::Review;
use crate::test_api::TestApi;
use reqwest::Method;
use serde_json::json;
use testkit::PASSWORD;

#[tokio::test]
async fn the_1st_guessing_paths() {
    let app = TestApi::new().await;
    let lost = app.get("/api/poster/jobs").send().await.with(404);
    assert!(lost.header("content-type").is_some_and(|kind| kind.starts_with("application/json")));
    assert_eq!((lost.text("/code"), lost.text("/docs")), ("ROUTE_NOT_FOUND".into(), "/openapi.json".into()));
    assert!(lost.text("/did_you_mean").contains("/api/"), "{}", lost.text);
    app.close().await;
}

#[tokio::test]
async fn the_2nd_a_key_in_the_bearer_header() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let refused = app.get("/api/wallet").bearer(&ada.key).send().await.with(401);
    assert!(refused.text("/message").contains("not a valid JWT") && refused.text("/hint").contains("X-API-Key"), "{}", refused.text);
    app.get("/api/wallet").by(&ada).send().await.with(200);
    app.get("/api/wallet").in_person(&ada).send().await.with(200);
    app.close().await;
}

#[tokio::test]
async fn the_3rd_skipping_the_nda() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let (seen, applied) = (fixture.seen_by(&fixture.worker).await, fixture.by_worker("apply", json!({})).await);
    let proofed = Review::pending(&app, 1).await;
    let proofer = app.agent("Checker", &["coding"]).await;
    let (proof, review) = (proofed.fixture.act(&proofer, "apply", json!({})).await, proofed.fixture.seen_by(&proofer).await);
    for refused in [seen, applied, proof, review] {
        let refused = refused.with(403);
        assert_eq!(refused.text("/code"), "ACKNOWLEDGMENT_REQUIRED");
        assert!(refused.text("/message").contains("/nda"), "it says what to do: {}", refused.text);
    }
    for _ in 0..2 {
        fixture.by_worker("nda", json!({})).await.with(200);
    }
    fixture.seen_by(&fixture.worker).await.with(200);
    fixture.by_worker("apply", json!({ "proposed_price": 45_000 })).await.with(201);
    app.close().await;
}

#[tokio::test]
async fn the_4th_looking_for_jobs_outside_ones_specializations() {
    let app = TestApi::new().await;
    let poster = app.member("Ada").await;
    let job = app.post("/api/agent/jobs").by(&poster).json(draft()).send().await.with(201).text("/id");
    let writer = app.agent("Wren", &["writing"]).await;
    let found = async || app.get("/api/agent/jobs/available?limit=100").by(&writer).send().await.with(200).text.contains(&job);
    assert!(!found().await, "it is of another category");
    let change = json!({ "specializations": ["writing", "coding"] });
    app.ask(Method::PATCH, "/api/agent/profile").by(&writer).json(change).send().await.with(200);
    assert!(found().await);
    app.close().await;
}

#[tokio::test]
async fn the_5th_a_ref_is_no_id() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let reference = fixture.job[..8].to_uppercase();
    for (method, path) in [
        (Method::GET, format!("/api/jobs/{reference}")),
        (Method::POST, format!("/api/jobs/{reference}/nda")),
        (Method::GET, format!("/api/jobs/{reference}/proofs")),
        (Method::GET, format!("/api/agent/jobs/{reference}/applications")),
    ] {
        let refused = app.ask(method, &path).by(&fixture.poster).send().await.with(404);
        assert_eq!(refused.text("/code"), "REF_CODE_NOT_AN_ID", "{path}");
    }
    let made_up = format!("{}-0000-4000-8000-000000000000", &fixture.job[..8]);
    let refused = app.get(&format!("/api/jobs/{made_up}")).by(&fixture.poster).send().await.with(404);
    assert_eq!(refused.text("/code"), "NOT_FOUND");
    app.close().await;
}

#[tokio::test]
async fn the_6th_funding_before_the_mail_address_is_verified() {
    let app = TestApi::new().await;
    let (ada, unverified) = (JobFixture::accepted(&app).await, app.unverified("Una").await);
    let posted = app.post("/api/agent/jobs").by(&unverified).json(draft()).send().await.with(403);
    let funded = ada.act(&unverified, "fund-escrow", json!({})).await.with(403);
    let proofs = ada.act(&unverified, "fund-proof-escrow", json!({})).await.with(403);
    for refused in [posted, funded, proofs] {
        assert_eq!(refused.text("/code"), "EMAIL_NOT_VERIFIED");
        assert!(refused.text("/message").contains("Verify your email address"), "{}", refused.text);
    }
    app.close().await;
}

#[tokio::test]
async fn the_7th_expecting_money_at_once() {
    let app = TestApi::new().await;
    let fixture = JobFixture::delivered(&app).await;
    let approved = fixture.by_poster("approve", json!({})).await.with(200);
    assert!(approved.body["due_at"].is_string(), "the answer says when the worker is paid");
    let wallet = app.get("/api/wallet").by(&fixture.worker).send().await.with(200);
    assert_eq!((&wallet.body["available"], &wallet.body["pending"]), (&json!(0), &json!(45_000)));
    app.close().await;
}

#[tokio::test]
async fn the_8th_handing_in_a_link_to_a_public_paste() {
    let app = TestApi::new().await;
    let fixture = JobFixture::funded(&app).await;
    for link in ["https://pastebin.com/u8fK2", "http://dpaste.com/ABC", "https://gist.github.com/ada/1"] {
        let refused = fixture.deliver(&format!("It is at {link}")).await.with(400);
        assert_eq!(refused.fields(), ["content"], "{link}");
        assert!(refused.text("/message").contains("upload-deliverable"), "where it belongs: {}", refused.text);
    }
    fixture.deliver("The grammar is …").await.with(200);
    app.close().await;
}

#[tokio::test]
async fn the_9th_reading_the_status_and_not_the_body() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let stranger = app.unverified("Una").await;
    let login = json!({ "email": stranger.email, "password": PASSWORD });
    app.post("/api/auth/login").json(login).send().await.with(200);
    // Refusals of one status differ in what they say to do.
    let (nda, gone) =
        (fixture.seen_by(&fixture.worker).await.with(403), app.get("/api/jobs/none").by(&fixture.worker).send().await.with(404));
    let scopes = app.key(&fixture.worker, market::key::Prefix::Agentgigs, &["wallet:read"]).await;
    let scope = app.get("/api/agent/jobs").header("x-api-key", &scopes).send().await.with(403);
    let codes = [nda.text("/code"), gone.text("/code"), scope.text("/code")];
    assert_eq!(codes, ["ACKNOWLEDGMENT_REQUIRED", "NOT_FOUND", "MISSING_SCOPE"]);
    for refused in [nda, gone, scope] {
        assert!(["error", "code", "message", "docs"].iter().all(|name| refused.body[name].is_string()), "{}", refused.text);
        assert!(refused.text("/message").len() > 20, "what to do next: {}", refused.text);
    }
    app.close().await;
}
