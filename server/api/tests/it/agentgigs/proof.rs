//! Proofing from the first seat to the payment.

use super::job_fixture::JobFixture;
use super::review::{Review, approve, proofed, refuse, revise};
use crate::ask::snapshot;
use crate::test_api::{TestApi, both};
use market::Duration;
use reqwest::Method;
use serde_json::{Value, json};

both! {
    /// The reference's "Full proofer flow", step by step, with a revision between.
    async fn the_full_proofer_flow(app) {
        // 1. Post a job with proof_required and proofer_count. It is open.
        let fixture = JobFixture::delivered_as(app, proofed(3)).await;
        let mut review = Review::of(fixture);
        // 2. After the delivery it is pending_proof, and proofers see it at GET /api/jobs/proof-needed.
        assert_eq!(review.status().await, "pending_proof");
        for name in ["Checker", "Reader", "Tester"] {
            review.join(name).await;
        }
        let needed = app.get("/api/jobs/proof-needed?category=coding&limit=100").by(&review.proofers[0]).send().await.with(200);
        let listed = needed.body["jobs"].as_array().expect("jobs").iter().find(|job| job["id"] == json!(review.fixture.job)).cloned();
        assert_eq!(listed.expect("the job is listed")["applied"], json!(true));
        // 3. The applications, of which those with application_type proof are wanted.
        let path = format!("/api/agent/jobs/{}/applications", review.fixture.job);
        let listed = app.get(&path).by(&review.fixture.poster).send().await.with(200);
        let all = listed.body["applications"].as_array().expect("applications");
        let of_proofers: Vec<&str> =
            all.iter().filter(|row| row["application_type"] == "proof").map(|row| row["id"].as_str().expect("an id")).collect();
        assert_eq!((all.len(), of_proofers.len()), (4, 3));
        // 4. Accept them until slots_filled equals slots_total.
        let mut slots = Vec::new();
        for application in of_proofers {
            let accepted = review.accept(application).await.with(200);
            slots.push((accepted.body["slots_filled"].clone(), accepted.body["slots_total"].clone()));
        }
        assert_eq!(slots, [1, 2, 3].map(|filled| (json!(filled), json!(3))));
        // 5. Fund all of them at once.
        let funded = review.fund().await.with(200);
        assert_eq!(funded.text("/status"), "in_review");
        assert_eq!(review.available(&review.fixture.poster).await, 100_000 - 47_250 - 3 * 2_400);
        // 6. Verdicts come in; the consensus is computed by itself.
        review.decide(&[revise(), revise(), approve()]).await;
        // 7. The majority decides: back to the worker with what to change.
        assert_eq!(review.status().await, "revision_requested");
        let seen = review.seen_by(&review.fixture.worker).await.with(200);
        assert_eq!(seen.body["revision_items"][0]["description"], "Line 14: the total leaves out the tax.");
        assert_eq!(seen.body["proofs"][0]["agent_feedback"], "Add a test for each total.");
        // The next version goes to the same proofers, their fees held from the wallet, and nobody has to do anything.
        assert_eq!(review.fixture.deliver("With the tax.").await.with(200).text("/status"), "in_review");
        assert_eq!(review.available(&review.fixture.poster).await, 100_000 - 47_250 - 6 * 2_400);
        review.decide(&[approve(), approve(), approve()]).await;
        assert_eq!(review.status().await, "approved");
        // 8. The poster approves, which starts the cooldown.
        assert_eq!(review.fixture.by_poster("approve", json!({})).await.with(200).text("/status"), "releasing");
        app.advance(Duration::hours(24)).await;
        assert_eq!(review.status().await, "completed");
        assert_eq!(review.available(&review.fixture.worker).await, 45_000);
        for proofer in &review.proofers {
            assert_eq!(review.available(proofer).await, 2 * 2_400, "each of them twice");
        }
        assert_eq!(review.available(&review.fixture.poster).await, 100_000 - 47_250 - 6 * 2_400);
    }
}

#[tokio::test]
async fn each_sees_a_review_in_their_own_way() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 3).await;
    let (fixture, first) = (&review.fixture, &review.proofers[0]);
    snapshot!("blind", review.seen_by(first).await);
    snapshot!("assignments", app.get("/api/agent/proofs").by(first).send().await);
    snapshot!("submit", review.submit(0, revise()).await);
    snapshot!("by_poster_meanwhile", review.seen_by(&fixture.poster).await);
    snapshot!("by_worker_meanwhile", review.seen_by(&fixture.worker).await);
    let visitor = app.agent("Eve", &["coding"]).await;
    review.seen_by(&visitor).await.with(404);
    review.decide_rest().await;
    snapshot!("by_worker", review.seen_by(&fixture.worker).await);
    snapshot!("by_proofer", review.seen_by(first).await);
    snapshot!("by_poster", review.seen_by(&fixture.poster).await);
    app.close().await;
}

impl Review<'_> {
    async fn decide_rest(&self) {
        self.submit(1, revise()).await.with(201);
        self.submit(2, approve()).await.with(201);
    }
}

#[tokio::test]
async fn a_verdict_is_given_once() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 3).await;
    let first = review.submit(0, approve()).await.with(201);
    snapshot!("submit_again", review.submit(0, refuse()).await);
    let path = format!("/api/jobs/{}/proofs/draft", review.fixture.job);
    app.ask(Method::PUT, &path).by(&review.proofers[0]).json(refuse()).send().await.with(409);
    let seen = review.seen_by(&review.proofers[0]).await.with(200);
    assert_eq!(seen.body["proofs"], first.body["proofs"], "nothing changed");
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let path = format!("/api/jobs/{}/proofs", review.fixture.job);
        app.ask(method, &path).by(&review.proofers[0]).json(refuse()).send().await.with(405);
    }
    review.decide_rest().await;
    review.submit(0, approve()).await.with(409);
    app.close().await;
}

#[tokio::test]
async fn a_verdict_is_on_the_round_that_was_judged() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 1).await;
    let on = |verdict: serde_json::Value, version: i64, round: i64| {
        let mut verdict = verdict;
        (verdict["version"], verdict["round"]) = (json!(version), json!(round));
        verdict
    };
    review.submit(0, on(revise(), 1, 1)).await.with(201);
    review.fixture.deliver("The grammar, once more.").await.with(200);
    snapshot!("submit_stale_version", review.submit(0, on(approve(), 1, 1)).await);
    snapshot!("submit_stale_round", review.submit(0, on(approve(), 2, 1)).await);
    review.submit(0, on(approve(), 2, 2)).await.with(201);
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_verdict() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 1).await;
    for (field, value, told) in [
        ("verdict", json!("fine"), "verdict"),
        ("verdict", Value::Null, "verdict"),
        ("score", json!(101), "score"),
        ("score", json!(-1), "score"),
        ("score", json!(72.5), "score"),
        ("score", Value::Null, "score"),
        ("sections", json!([{ "name": "Speed", "score": 5 }]), "sections.name"),
        ("sections", json!([{ "name": "Style", "score": 101 }]), "sections.score"),
        ("revision_items", json!([{ "category": "", "description": "x" }]), "revision_items.category"),
        ("revision_items", json!([{ "category": "x", "description": "y", "priority": "urgent" }]), "revision_items.priority"),
        ("reason", json!("no"), "reason"),
        ("summary", json!("x".repeat(5_001)), "summary"),
        ("agent_feedback", json!("x".repeat(5_001)), "agent_feedback"),
    ] {
        let mut verdict = approve();
        verdict[field] = value.clone();
        assert_eq!(review.submit(0, verdict).await.with(400).fields(), [told], "{field}: {value}");
    }
    for verdict in ["needs_revision", "reject"] {
        let bare = review.submit(0, json!({ "verdict": verdict, "score": 50 })).await.with(400);
        assert_eq!(bare.fields(), ["revision_items"]);
    }
    assert_eq!(review.status().await, "in_review", "none of it counted");
    app.close().await;
}

#[tokio::test]
async fn who_may_give_a_verdict_and_when() {
    let app = TestApi::new().await;
    let mut review = Review::accepted(&app, 2).await;
    snapshot!("submit_unfunded", review.submit(0, approve()).await);
    review.join("Late").await;
    snapshot!("submit_unaccepted", review.submit(2, approve()).await);
    review.fund().await.with(200);
    review.submit(2, approve()).await.with(403);
    let (fixture, stranger) = (&review.fixture, app.agent("Eve", &["coding"]).await);
    for (who, status) in [(&fixture.poster, 403), (&fixture.worker, 403), (&stranger, 404)] {
        fixture.act(who, "proofs", approve()).await.with(status);
    }
    app.close().await;
}

#[tokio::test]
async fn a_draft_is_for_its_proofer_alone() {
    let app = TestApi::new().await;
    let review = Review::accepted(&app, 2).await;
    let path = format!("/api/jobs/{}/proofs/draft", review.fixture.job);
    let read = async |n: usize| app.get(&path).by(&review.proofers[n]).send().await;
    let empty = read(0).await.with(200);
    assert_eq!((&empty.body["draft"], &empty.body["saved_at"]), (&Value::Null, &Value::Null));
    let save = async |body: Value| app.ask(Method::PUT, &path).by(&review.proofers[0]).json(body).send().await;
    save(json!({ "summary": "Half a thought" })).await.with(200);
    let unfinished = json!({ "verdict": "needs", "score": 7, "revision_items": [{ "category": "", "description": "" }] });
    snapshot!("draft", save(unfinished).await);
    assert_eq!(read(0).await.text("/draft/verdict"), "needs", "it replaces the one before");
    assert_eq!(read(1).await.body["draft"], Value::Null, "each has their own");
    for other in [&review.fixture.poster, &review.fixture.worker] {
        app.get(&path).by(other).send().await.with(404);
        app.ask(Method::PUT, &path).by(other).json(json!({})).send().await.with(404);
    }
    review.fund().await.with(200);
    assert_eq!(read(0).await.text("/draft/verdict"), "needs", "it is still there");
    review.submit(0, approve()).await.with(201);
    assert_eq!(read(0).await.body["draft"], Value::Null, "the verdict took its place");
    app.close().await;
}

#[tokio::test]
async fn a_worker_sees_how_its_scores_develop() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 2).await;
    let trends = async |query: &str| {
        let path = format!("/api/agent/improvement-trends{query}");
        app.get(&path).by(&review.fixture.worker).send().await
    };
    snapshot!("trends_none", trends("").await);
    review.submit(0, revise()).await.with(201);
    assert_eq!(trends("").await.with(200).body["total_proofs"], 0, "nothing of it before the round is decided");
    review.submit(1, revise()).await.with(201);
    app.market.clock.advance(Duration::hours(1));
    review.fixture.deliver("With the tax.").await.with(200);
    review.decide(&[approve(), approve()]).await;
    snapshot!("trends", trends("?period=30").await);
    for (query, days) in [("?period=90", 90), ("?period=365", 365)] {
        assert_eq!(trends(query).await.with(200).body["period"], days);
    }
    for query in ["?period=31", "?period=x", "?period=0"] {
        assert_eq!(trends(query).await.with(400).fields(), ["period"], "{query}");
    }
    app.advance(Duration::days(40)).await;
    assert_eq!(trends("?period=30").await.with(200).body["total_proofs"], 0, "it was longer ago");
    assert_eq!(trends("?period=90").await.with(200).body["total_proofs"], 4);
    let plain = app.member("Carl").await;
    app.get("/api/agent/improvement-trends").by(&plain).send().await.with(403);
    app.close().await;
}
