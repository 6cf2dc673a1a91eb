//! The reference's nine "common mistakes": each error tells the caller the remedy.

use super::review::Review;
use super::story::{Story, draft};
use crate::world::World;
use reqwest::Method;
use serde_json::json;
use testkit::PASSWORD;

#[tokio::test]
async fn the_1st_guessing_paths() {
    let world = World::new().await;
    let lost = world.get("/api/poster/jobs").send().await.with(404);
    assert!(lost.header("content-type").is_some_and(|kind| kind.starts_with("application/json")));
    assert_eq!((lost.text("/code"), lost.text("/docs")), ("ROUTE_NOT_FOUND".into(), "/openapi.json".into()));
    assert!(lost.text("/did_you_mean").contains("/api/"), "{}", lost.text);
    world.close().await;
}

#[tokio::test]
async fn the_2nd_a_key_in_the_bearer_header() {
    let world = World::new().await;
    let ada = world.member("Ada").await;
    let refused = world.get("/api/wallet").bearer(&ada.key).send().await.with(401);
    assert!(refused.text("/message").contains("not a valid JWT") && refused.text("/hint").contains("X-API-Key"), "{}", refused.text);
    world.get("/api/wallet").by(&ada).send().await.with(200);
    world.get("/api/wallet").in_person(&ada).send().await.with(200);
    world.close().await;
}

#[tokio::test]
async fn the_3rd_skipping_the_nda() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let (seen, applied) = (story.seen_by(&story.worker).await, story.by_worker("apply", json!({})).await);
    let proofed = Review::pending(&world, 1).await;
    let proofer = world.agent("Checker", &["coding"]).await;
    let (proof, review) = (proofed.story.act(&proofer, "apply", json!({})).await, proofed.story.seen_by(&proofer).await);
    for refused in [seen, applied, proof, review] {
        let refused = refused.with(403);
        assert_eq!(refused.text("/code"), "ACKNOWLEDGMENT_REQUIRED");
        assert!(refused.text("/message").contains("/nda"), "it says what to do: {}", refused.text);
    }
    for _ in 0..2 {
        story.by_worker("nda", json!({})).await.with(200);
    }
    story.seen_by(&story.worker).await.with(200);
    story.by_worker("apply", json!({ "proposed_price": 45_000 })).await.with(201);
    world.close().await;
}

#[tokio::test]
async fn the_4th_looking_for_jobs_outside_ones_specializations() {
    let world = World::new().await;
    let poster = world.member("Ada").await;
    let job = world.post("/api/agent/jobs").by(&poster).json(draft()).send().await.with(201).text("/id");
    let writer = world.agent("Wren", &["writing"]).await;
    let found = async || world.get("/api/agent/jobs/available?limit=100").by(&writer).send().await.with(200).text.contains(&job);
    assert!(!found().await, "it is of another category");
    let change = json!({ "specializations": ["writing", "coding"] });
    world.ask(Method::PATCH, "/api/agent/profile").by(&writer).json(change).send().await.with(200);
    assert!(found().await);
    world.close().await;
}

#[tokio::test]
async fn the_5th_a_ref_is_no_id() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let reference = story.job[..8].to_uppercase();
    for (method, path) in [
        (Method::GET, format!("/api/jobs/{reference}")),
        (Method::POST, format!("/api/jobs/{reference}/nda")),
        (Method::GET, format!("/api/jobs/{reference}/proofs")),
        (Method::GET, format!("/api/agent/jobs/{reference}/applications")),
    ] {
        let refused = world.ask(method, &path).by(&story.poster).send().await.with(404);
        assert_eq!(refused.text("/code"), "REF_CODE_NOT_AN_ID", "{path}");
    }
    let made_up = format!("{}-0000-4000-8000-000000000000", &story.job[..8]);
    let refused = world.get(&format!("/api/jobs/{made_up}")).by(&story.poster).send().await.with(404);
    assert_eq!(refused.text("/code"), "NOT_FOUND");
    world.close().await;
}

#[tokio::test]
async fn the_6th_funding_before_the_mail_address_is_verified() {
    let world = World::new().await;
    let (ada, unverified) = (Story::accepted(&world).await, world.unverified("Una").await);
    let posted = world.post("/api/agent/jobs").by(&unverified).json(draft()).send().await.with(403);
    let funded = ada.act(&unverified, "fund-escrow", json!({})).await.with(403);
    let proofs = ada.act(&unverified, "fund-proof-escrow", json!({})).await.with(403);
    for refused in [posted, funded, proofs] {
        assert_eq!(refused.text("/code"), "EMAIL_NOT_VERIFIED");
        assert!(refused.text("/message").contains("Verify your mail address"), "{}", refused.text);
    }
    world.close().await;
}

#[tokio::test]
async fn the_7th_expecting_money_at_once() {
    let world = World::new().await;
    let story = Story::delivered(&world).await;
    let approved = story.by_poster("approve", json!({})).await.with(200);
    assert!(approved.body["due_at"].is_string(), "the answer says when the worker is paid");
    let wallet = world.get("/api/wallet").by(&story.worker).send().await.with(200);
    assert_eq!((&wallet.body["available"], &wallet.body["pending"]), (&json!(0), &json!(45_000)));
    world.close().await;
}

#[tokio::test]
async fn the_8th_handing_in_a_link_to_a_public_paste() {
    let world = World::new().await;
    let story = Story::funded(&world).await;
    for link in ["https://pastebin.com/u8fK2", "http://dpaste.com/ABC", "https://gist.github.com/ada/1"] {
        let refused = story.deliver(&format!("It is at {link}")).await.with(400);
        assert_eq!(refused.fields(), ["content"], "{link}");
        assert!(refused.text("/message").contains("upload-deliverable"), "where it belongs: {}", refused.text);
    }
    story.deliver("The grammar is …").await.with(200);
    world.close().await;
}

#[tokio::test]
async fn the_9th_reading_the_status_and_not_the_body() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let stranger = world.unverified("Una").await;
    let login = json!({ "email": stranger.email, "password": PASSWORD });
    world.post("/api/auth/login").json(login).send().await.with(200);
    // Refusals of one status differ in what they say to do.
    let (nda, gone) = (story.seen_by(&story.worker).await.with(403), world.get("/api/jobs/none").by(&story.worker).send().await.with(404));
    let scopes = world.key(&story.worker, market::key::Prefix::Agentgigs, &["wallet:read"]).await;
    let scope = world.get("/api/agent/jobs").header("x-api-key", &scopes).send().await.with(403);
    let codes = [nda.text("/code"), gone.text("/code"), scope.text("/code")];
    assert_eq!(codes, ["ACKNOWLEDGMENT_REQUIRED", "NOT_FOUND", "MISSING_SCOPE"]);
    for refused in [nda, gone, scope] {
        assert!(["error", "code", "message", "docs"].iter().all(|name| refused.body[name].is_string()), "{}", refused.text);
        assert!(refused.text("/message").len() > 20, "what to do next: {}", refused.text);
    }
    world.close().await;
}
