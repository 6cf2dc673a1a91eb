//! Review settings, the choice of proofers, and funding.

use super::review::{Review, approve, proofed};
use super::story::{Story, draft};
use crate::ask::{Answer, snapshot};
use crate::world::World;
use market::{Duration, Money};
use reqwest::Method;
use serde_json::{Value, json};

async fn change(story: &Story<'_>, change: Value) -> Answer {
    let path = format!("/api/jobs/{}/proof-settings", story.job);
    story.world.ask(Method::PATCH, &path).by(&story.poster).json(change).send().await
}

/// Returns the review settings as the poster reads them.
fn told(answer: &Answer) -> (Value, Value, Value) {
    (answer.body["proof_required"].clone(), answer.body["proofer_count"].clone(), answer.body["proof_fee"].clone())
}

#[tokio::test]
async fn settings_change_freely_until_the_job_is_funded() {
    let world = World::new().await;
    let open = Story::applied(&world).await;
    snapshot!("change_open", change(&open, json!({ "proof_required": true, "proofer_count": 3 })).await);
    let more = change(&open, json!({ "proofer_count": 9, "proof_fee": 500, "tie_break": true })).await.with(200);
    assert_eq!(told(&more), (json!(true), json!(9), json!(500)));
    let off = change(&open, json!({ "proofRequired": false })).await.with(200);
    assert_eq!(told(&off), (json!(false), json!(0), json!(0)));
    let asked = change(&open, json!({ "prooferCount": 2 })).await.with(200);
    assert_eq!(told(&asked), (json!(true), json!(2), json!(2_400)), "naming a count asks for proofers");
    assert_eq!(told(&change(&open, json!({})).await.with(200)), told(&asked), "nothing named, nothing changed");

    let chosen = Story::accepted(&world).await;
    assert_eq!(chosen.seen_by(&chosen.poster).await.text("/status"), "pending_escrow");
    let rubric = json!([{ "name": "Accuracy", "weight": 2 }]);
    change(&chosen, json!({ "proofer_count": 4, "rubric": rubric })).await.with(200);
    assert_eq!(chosen.seen_by(&chosen.poster).await.body["rubric"][0]["name"], "Accuracy");
    world.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_settings() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
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
        assert_eq!(change(&story, body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let path = format!("/api/jobs/{}/proof-settings", story.job);
    world.ask(Method::PATCH, &path).by(&story.worker).json(json!({ "proofer_count": 1 })).send().await.with(404);
    assert_eq!(told(&story.seen_by(&story.poster).await), (json!(false), json!(0), json!(0)));
    world.close().await;
}

#[tokio::test]
async fn while_proofers_are_chosen_the_number_only_falls() {
    let world = World::new().await;
    let review = Review::applied(&world, 4).await;
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
    world.close().await;
}

#[tokio::test]
async fn in_any_other_status_settings_stay() {
    let world = World::new().await;
    let locked = async |story: &Story<'_>, status: &str| {
        assert_eq!(story.seen_by(&story.poster).await.text("/status"), status);
        let refused = change(story, json!({ "proofer_count": 1 })).await.with(409);
        assert_eq!((refused.text("/code"), refused.text("/status")), ("PROOF_SETTINGS_LOCKED".into(), status.into()));
    };
    let working = Story::funded(&world).await;
    locked(&working, "in_progress").await;
    let delivered = Story::delivered(&world).await;
    locked(&delivered, "delivered").await;
    delivered.by_poster("request-revision", json!({ "message": "Two-digit years are not read yet." })).await.with(200);
    locked(&delivered, "revision_requested").await;
    delivered.deliver("Now they are.").await.with(200);
    delivered.by_poster("reject", json!({ "reason": "incomplete", "message": "Half of the samples are missing." })).await.with(200);
    locked(&delivered, "disputed").await;
    let review = Review::funded(&world, 1).await;
    locked(&review.story, "in_review").await;
    review.submit(0, approve()).await.with(201);
    locked(&review.story, "approved").await;
    review.story.by_poster("approve", json!({})).await.with(200);
    locked(&review.story, "releasing").await;
    world.advance(Duration::hours(24)).await;
    locked(&review.story, "completed").await;
    let cancelled = Story::posted(&world).await;
    cancelled.by_poster("cancel", json!({})).await.with(200);
    locked(&cancelled, "cancelled").await;
    let expired = Story::posted(&world).await;
    world.advance(Duration::days(30)).await;
    locked(&expired, "expired").await;
    world.close().await;
}

#[tokio::test]
async fn funding_needs_as_many_proofers_as_are_asked_for() {
    let world = World::new().await;
    let review = Review::applied(&world, 3).await;
    for accepted in 0..3 {
        let missing = review.fund().await.with(400);
        assert_eq!((&missing.body["accepted"], &missing.body["required"]), (&json!(accepted), &json!(3)));
        if accepted == 1 {
            snapshot!("proofers_missing", missing);
        }
        review.accept(&review.applications[accepted]).await.with(200);
    }
    assert_eq!(review.story.by_poster("fund-proof-escrow", json!({ "useWallet": false })).await.with(400).fields(), ["useWallet"]);
    review.story.by_worker("fund-proof-escrow", json!({})).await.with(404);
    snapshot!("fund", review.fund().await);
    snapshot!("fund_again", review.fund().await);
    world.close().await;
}

#[tokio::test]
async fn accepting_a_proofer() {
    let world = World::new().await;
    let mut review = Review::applied(&world, 2).await;
    let (first, second) = (review.applications[0].clone(), review.applications[1].clone());
    review.story.by_worker("accept-proofer", json!({ "applicationId": first })).await.with(404);
    assert_eq!(review.story.by_poster("accept-proofer", json!({})).await.with(400).fields(), ["applicationId"]);
    review.accept("prop_unknown").await.with(404);
    snapshot!("accept_work", review.accept(&review.story.application).await);
    let path = format!("/api/agent/jobs/{}/accept-application", review.story.job);
    snapshot!("hire_proofer", world.post(&path).by(&review.story.poster).json(json!({ "applicationId": first })).send().await);
    snapshot!("accept", review.accept(&first).await);
    snapshot!("accept_again", review.accept(&first).await);
    review.story.by_poster("accept-proofer", json!({ "application_id": second })).await.with(200);
    review.join("Late").await;
    snapshot!("accept_too_many", review.accept(&review.applications[2]).await);
    review.fund().await.with(200);
    review.accept(&review.applications[2]).await.with(409);
    world.close().await;
}

#[tokio::test]
async fn who_is_part_of_it_may_not_judge_it() {
    let world = World::new().await;
    let review = Review::pending(&world, 1).await;
    let story = &review.story;
    let offer = json!({ "cover_letter": "I check totals." });
    snapshot!("apply_own", story.by_poster("apply", offer.clone()).await);
    snapshot!("apply_worker", story.by_worker("apply", offer.clone()).await);
    let needed = world.get("/api/jobs/proof-needed").by(&story.worker).send().await.with(200);
    assert_eq!(needed.body["total"], 0, "nor does it look for one");
    world.close().await;
}

#[tokio::test]
async fn who_lately_traded_with_a_side_may_not_judge_it() {
    let world = World::new().await;
    let earlier = Story::delivered(&world).await;
    earlier.by_poster("approve", json!({})).await.with(200);
    world.advance(Duration::hours(24)).await;
    // Its worker was paid by the poster of the next job.
    let mut next = Review::of(Story::delivered_as(&world, proofed(1)).await);
    next.story.poster = earlier.poster.clone();
    next.story.job = posted_and_delivered(&next.story, proofed(1)).await;
    next.story.act(&earlier.worker, "nda", json!({})).await.with(200);
    snapshot!("apply_traded", next.story.act(&earlier.worker, "apply", json!({})).await);
    world.market.clock.advance(Duration::days(31));
    next.story.act(&earlier.worker, "apply", json!({})).await.with(201);
    world.close().await;
}

/// Posts and delivers another job between the same poster and worker; returns its id.
async fn posted_and_delivered(story: &Story<'_>, draft: Value) -> String {
    let job = story.world.post("/api/agent/jobs").by(&story.poster).json(draft).send().await.with(201).text("/id");
    let act = async |who, act: &str, body| story.world.post(&format!("/api/jobs/{job}/{act}")).by(who).json(body).send().await;
    act(&story.worker, "nda", json!({})).await.with(200);
    let application = act(&story.worker, "apply", json!({ "proposed_price": 40_000 })).await.with(201).text("/id");
    let choice = json!({ "applicationId": application });
    story.world.post(&format!("/api/agent/jobs/{job}/accept-application")).by(&story.poster).json(choice).send().await.with(200);
    act(&story.poster, "fund-escrow", json!({})).await.with(200);
    act(&story.worker, "deliver", json!({ "content": "The grammar is …" })).await.with(200);
    job
}

#[tokio::test]
async fn a_proof_needs_money() {
    let world = World::new().await;
    let poor = world.poster("Poor", Money(47_250)).await;
    let mut review = Review::pending(&world, 1).await;
    review.story.poster = poor;
    let mut job = draft();
    (job["proofer_count"], job["budget_max"]) = (json!(1), json!(45_000));
    (job["budget_min"], job["proof_fee"]) = (json!(100), json!(10_000));
    review.story.job = posted_and_delivered(&review.story, job).await;
    review.join("Checker").await;
    review.accept(&review.applications[0]).await.with(200);
    let short = review.fund().await.with(402);
    assert_eq!((&short.body["required"], &short.body["available"]), (&json!(10_000), &json!(5_250)));
    assert_eq!(review.status().await, "pending_proof", "nothing happened");
    world.close().await;
}
