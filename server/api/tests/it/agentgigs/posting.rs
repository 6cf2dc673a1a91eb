use super::job_fixture::{JobFixture, draft};
use crate::ask::snapshot;
use crate::test_api::TestApi;
use serde_json::{Value, json};

#[tokio::test]
async fn a_posted_job_comes_back_itself() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let posted = app.post("/api/agent/jobs").by(&ada).json(draft()).send().await;
    snapshot!("post", posted);
    assert_eq!(posted.text("/ref"), posted.text("/id")[..8].to_uppercase());
    snapshot!("mine", app.get("/api/agent/jobs").by(&ada).send().await);
    app.close().await;
}

#[tokio::test]
async fn posting_waits_for_a_verified_address() {
    let app = TestApi::new().await;
    let ada = app.unverified("Ada").await;
    snapshot!("unverified", app.post("/api/agent/jobs").by(&ada).json(draft()).send().await);
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_job() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let post = async |field: &str, value: Value| {
        let mut body = draft();
        body[field] = value;
        app.post("/api/agent/jobs").by(&ada).json(body).send().await
    };
    for (field, value) in [
        ("budget_max", json!(75.5)),
        ("budget_max", json!(48000.5)),
        ("budget_max", json!("48000")),
        ("budget_max", json!(-1)),
        ("budget_max", json!(0)),
        ("budget_max", json!(99)),
        ("budget_max", json!(1_000_000_001)),
        ("budget_max", json!(u64::MAX)),
        ("budget_max", Value::Null),
        ("budget_min", json!(48001)),
        ("budget_min", json!("cheap")),
        ("category", json!("juggling")),
        ("category", json!(3)),
        ("title", json!("")),
        ("title", json!("x".repeat(121))),
        ("title", json!("two\nlines")),
        ("title", json!(["x"])),
        ("description", json!("short")),
        ("description", json!("x".repeat(20_001))),
        ("deadline", json!("tomorrow")),
        ("deadline", json!("2001-01-01T00:00:00Z")),
        ("applications_until", json!("2001-01-01T00:00:00Z")),
        ("applications_until", json!("soon")),
        ("proof_rounds", json!("many")),
        ("summary", json!("x".repeat(501))),
        ("confidential", json!("no")),
        ("proof_required", json!("yes")),
        ("proofer_count", json!(10)),
        ("prooferCount", json!("three")),
        ("tieBreak", json!(1)),
    ] {
        let answer = post(field, value.clone()).await.with(400);
        assert_eq!(answer.fields(), [field], "{value}: {}", answer.text);
    }
    snapshot!("fraction", post("budget_max", json!(75.5)).await);
    snapshot!("nothing", app.post("/api/agent/jobs").by(&ada).json(json!({})).send().await);
    app.close().await;
}

#[tokio::test]
async fn a_public_brief_has_two_deadlines_and_no_nda() {
    let app = TestApi::new().await;
    let (ada, eve) = (app.member("Ada").await, app.member("Eve").await);
    let mut body = draft();
    body["summary"] = json!("A parser of invoices.");
    body["confidential"] = json!(false);
    (body["applications_until"], body["deadline"]) = (json!("2026-11-05T12:00:00Z"), json!("2026-12-05T12:00:00Z"));
    let posted = app.post("/api/agent/jobs").by(&ada).json(body.clone()).send().await.with(201);
    assert_eq!((&posted.body["applications_until"], &posted.body["due_at"]), (&posted.body["due_at"], &posted.body["applications_until"]));
    let path = format!("/api/jobs/{}", posted.text("/id"));
    snapshot!("public_brief", app.get(&path).by(&eve).send().await);
    (body["applications_until"], body["deadline"]) = (body["deadline"].clone(), body["applications_until"].clone());
    snapshot!("turned_deadlines", app.post("/api/agent/jobs").by(&ada).json(body).send().await);
    app.close().await;
}

#[tokio::test]
async fn both_spellings_are_read() {
    let app = TestApi::new().await;
    let fixture = JobFixture::applied(&app).await;
    let camel =
        json!({ "title": "Camels", "description": "Spelled in camel case.", "category": "coding", "budgetMin": 100, "budgetMax": 200 });
    let posted = app.post("/api/agent/jobs").by(&fixture.poster).json(camel).send().await.with(201);
    assert_eq!((&posted.body["budget_min"], &posted.body["budget_max"]), (&json!(100), &json!(200)));
    let path = format!("/api/agent/jobs/{}/accept-application", fixture.job);
    app.post(&path).by(&fixture.poster).json(json!({ "application_id": fixture.application })).send().await.with(200);
    let funding = json!({ "application_id": fixture.application, "use_wallet": true });
    fixture.by_poster("fund-escrow", funding).await.with(200);
    app.close().await;
}

#[tokio::test]
async fn applications_are_for_the_poster() {
    let app = TestApi::new().await;
    let fixture = JobFixture::applied(&app).await;
    let path = format!("/api/agent/jobs/{}/applications", fixture.job);
    snapshot!("applications", app.get(&path).by(&fixture.poster).send().await);
    snapshot!("applications_foreign", app.get(&path).by(&fixture.worker).send().await);
    app.get(&format!("{path}?limit=0")).by(&fixture.poster).send().await.with(400);
    app.close().await;
}

#[tokio::test]
async fn accepting_happens_once() {
    let app = TestApi::new().await;
    let fixture = JobFixture::applied(&app).await;
    let stranger = app.member("Eve").await;
    let path = format!("/api/agent/jobs/{}/accept-application", fixture.job);
    let choice = json!({ "applicationId": fixture.application });
    app.post(&path).by(&stranger).json(choice.clone()).send().await.with(404);
    snapshot!("accept_unknown", app.post(&path).by(&fixture.poster).json(json!({ "applicationId": "prop_unknown" })).send().await);
    assert_eq!(app.post(&path).by(&fixture.poster).json(json!({})).send().await.with(400).fields(), ["applicationId"]);
    snapshot!("accept", fixture.accept().await);
    snapshot!("accept_again", fixture.accept().await);
    app.close().await;
}

#[tokio::test]
async fn an_application_is_declined() {
    let app = TestApi::new().await;
    let fixture = JobFixture::applied(&app).await;
    let path = format!("/api/agent/jobs/{}/decline-application", fixture.job);
    let decline = async |who, body: Value| app.post(&path).by(who).json(body).send().await;
    let no = json!({ "applicationId": fixture.application, "reason": "price", "message": "It is twice our budget." });
    decline(&fixture.worker, no.clone()).await.with(404);
    assert_eq!(decline(&fixture.poster, json!({})).await.with(400).fields(), ["applicationId"]);
    let wrong = json!({ "applicationId": fixture.application, "reason": "dear" });
    assert_eq!(decline(&fixture.poster, wrong).await.with(400).fields(), ["reason"]);
    snapshot!("decline", decline(&fixture.poster, no.clone()).await);
    snapshot!("decline_again", decline(&fixture.poster, no).await);
    fixture.accept().await.with(409);
    let bare = JobFixture::applied(&app).await;
    let path = format!("/api/agent/jobs/{}/decline-application", bare.job);
    let declined = app.post(&path).by(&bare.poster).json(json!({ "application_id": bare.application })).send().await.with(200);
    assert_eq!((declined.text("/reason"), declined.body["message"].clone()), ("other".into(), Value::Null));
    app.close().await;
}

#[tokio::test]
async fn a_job_is_called_off_by_its_poster_before_it_is_funded() {
    let app = TestApi::new().await;
    let fixture = JobFixture::applied(&app).await;
    fixture.by_worker("cancel", json!({})).await.with(404);
    snapshot!("cancel", fixture.by_poster("cancel", json!({ "reason": "We found it done already." })).await);
    fixture.by_poster("cancel", json!({})).await.with(409);
    let funded = JobFixture::funded(&app).await;
    snapshot!("cancel_funded", funded.by_poster("cancel", json!({})).await);
    app.close().await;
}
