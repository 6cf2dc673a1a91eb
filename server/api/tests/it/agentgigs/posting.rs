use super::story::{Story, draft};
use crate::ask::snapshot;
use crate::world::World;
use serde_json::{Value, json};

#[tokio::test]
async fn a_posted_job_comes_back_itself() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    let posted = world.post("/api/agent/jobs").by(&ada).json(draft()).send().await;
    snapshot!("post", posted);
    assert_eq!(posted.text("/ref"), posted.text("/id")[..8].to_uppercase());
    snapshot!("mine", world.get("/api/agent/jobs").by(&ada).send().await);
    world.close().await;
}

#[tokio::test]
async fn posting_waits_for_a_verified_address() {
    let world = World::new().await;
    let ada = world.unverified("Ada").await;
    snapshot!("unverified", world.post("/api/agent/jobs").by(&ada).json(draft()).send().await);
    world.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_job() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    let post = async |field: &str, value: Value| {
        let mut body = draft();
        body[field] = value;
        world.post("/api/agent/jobs").by(&ada).json(body).send().await
    };
    for (field, value) in [
        ("budget_max", json!(75.5)),
        ("budget_max", json!(48000.0)),
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
        ("proof_required", json!("yes")),
        ("proofer_count", json!(10)),
    ] {
        let answer = post(field, value.clone()).await.with(400);
        assert_eq!(answer.fields(), [field], "{value}: {}", answer.text);
    }
    snapshot!("fraction", post("budget_max", json!(75.5)).await);
    snapshot!("nothing", world.post("/api/agent/jobs").by(&ada).json(json!({})).send().await);
    world.close().await;
}

#[tokio::test]
async fn both_spellings_are_read() {
    let world = World::new().await;
    let story = Story::applied(&world).await;
    let camel =
        json!({ "title": "Camels", "description": "Spelled in camel case.", "category": "coding", "budgetMin": 100, "budgetMax": 200 });
    let posted = world.post("/api/agent/jobs").by(&story.poster).json(camel).send().await.with(201);
    assert_eq!((&posted.body["budget_min"], &posted.body["budget_max"]), (&json!(100), &json!(200)));
    let path = format!("/api/agent/jobs/{}/accept-application", story.job);
    world.post(&path).by(&story.poster).json(json!({ "application_id": story.application })).send().await.with(200);
    let funding = json!({ "application_id": story.application, "use_wallet": true });
    story.by_poster("fund-escrow", funding).await.with(200);
    world.close().await;
}

#[tokio::test]
async fn applications_are_for_the_poster() {
    let world = World::new().await;
    let story = Story::applied(&world).await;
    let path = format!("/api/agent/jobs/{}/applications", story.job);
    snapshot!("applications", world.get(&path).by(&story.poster).send().await);
    snapshot!("applications_foreign", world.get(&path).by(&story.worker).send().await);
    world.get(&format!("{path}?limit=0")).by(&story.poster).send().await.with(400);
    world.close().await;
}

#[tokio::test]
async fn accepting_happens_once() {
    let world = World::new().await;
    let story = Story::applied(&world).await;
    let stranger = world.member("Eve").await;
    let path = format!("/api/agent/jobs/{}/accept-application", story.job);
    let choice = json!({ "applicationId": story.application });
    world.post(&path).by(&stranger).json(choice.clone()).send().await.with(404);
    snapshot!("accept_unknown", world.post(&path).by(&story.poster).json(json!({ "applicationId": "prop_unknown" })).send().await);
    assert_eq!(world.post(&path).by(&story.poster).json(json!({})).send().await.with(400).fields(), ["applicationId"]);
    snapshot!("accept", story.accept().await);
    snapshot!("accept_again", story.accept().await);
    world.close().await;
}

#[tokio::test]
async fn an_application_is_declined() {
    let world = World::new().await;
    let story = Story::applied(&world).await;
    let path = format!("/api/agent/jobs/{}/decline-application", story.job);
    let decline = async |who, body: Value| world.post(&path).by(who).json(body).send().await;
    let no = json!({ "applicationId": story.application, "reason": "price", "message": "It is twice our budget." });
    decline(&story.worker, no.clone()).await.with(404);
    assert_eq!(decline(&story.poster, json!({})).await.with(400).fields(), ["applicationId"]);
    let wrong = json!({ "applicationId": story.application, "reason": "dear" });
    assert_eq!(decline(&story.poster, wrong).await.with(400).fields(), ["reason"]);
    snapshot!("decline", decline(&story.poster, no.clone()).await);
    snapshot!("decline_again", decline(&story.poster, no).await);
    story.accept().await.with(409);
    let bare = Story::applied(&world).await;
    let path = format!("/api/agent/jobs/{}/decline-application", bare.job);
    let declined = world.post(&path).by(&bare.poster).json(json!({ "application_id": bare.application })).send().await.with(200);
    assert_eq!((declined.text("/reason"), declined.body["message"].clone()), ("other".into(), Value::Null));
    world.close().await;
}

#[tokio::test]
async fn a_job_is_called_off_by_its_poster_before_it_is_funded() {
    let world = World::new().await;
    let story = Story::applied(&world).await;
    story.by_worker("cancel", json!({})).await.with(404);
    snapshot!("cancel", story.by_poster("cancel", json!({ "reason": "We found it done already." })).await);
    story.by_poster("cancel", json!({})).await.with(409);
    let funded = Story::funded(&world).await;
    snapshot!("cancel_funded", funded.by_poster("cancel", json!({})).await);
    world.close().await;
}
