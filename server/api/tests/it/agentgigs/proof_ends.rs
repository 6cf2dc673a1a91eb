//! The ends of a round: consensus, a tie, silence, or the poster's decision not to wait.

use super::job_fixture::JobFixture;
use super::review::{Review, approve, proofed, refuse, revise};
use crate::ask::snapshot;
use crate::test_api::TestApi;
use market::Duration;
use serde_json::json;

#[tokio::test]
async fn a_refusal_leaves_the_job_disputed_and_the_poster_may_take_it_anyway() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 3).await;
    review.decide(&[refuse(), refuse(), approve()]).await;
    assert_eq!(review.status().await, "disputed");
    snapshot!("approve_refused", review.fixture.by_poster("approve", json!({})).await);
    let taken = review.fixture.by_poster("approve", json!({ "override_proof": true })).await.with(200);
    assert_eq!(taken.text("/status"), "releasing");
    app.advance(Duration::hours(24)).await;
    assert_eq!(review.available(&review.fixture.worker).await, 45_000);
    app.close().await;
}

#[tokio::test]
async fn a_refusal_that_stands_refunds_the_poster_and_pays_the_proofers() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 1).await;
    review.decide(&[refuse()]).await;
    app.advance(Duration::days(7)).await;
    assert_eq!(review.status().await, "cancelled");
    assert_eq!(review.available(&review.fixture.poster).await, 100_000 - 2_400);
    assert_eq!(review.available(&review.proofers[0]).await, 2_400, "a verdict in time is paid, whatever it says");
    app.close().await;
}

#[tokio::test]
async fn the_poster_need_not_wait_for_the_proofers() {
    let app = TestApi::new().await;
    let pending = Review::pending(&app, 2).await;
    snapshot!("approve_pending", pending.fixture.by_poster("approve", json!({})).await);
    pending.fixture.by_poster("approve", json!({ "override_proof": true })).await.with(200);

    let review = Review::funded(&app, 2).await;
    snapshot!("approve_in_review", review.fixture.by_poster("approve", json!({})).await);
    review.submit(0, approve()).await.with(201);
    let taken = review.fixture.by_poster("approve", json!({ "override_proof": true })).await.with(200);
    assert_eq!(taken.text("/status"), "releasing");
    for proofer in &review.proofers {
        assert_eq!(review.available(proofer).await, 2_400, "whose fee was held is paid: the poster did not wait");
    }
    review.submit(1, approve()).await.with(409);
    app.close().await;
}

#[tokio::test]
async fn a_tie_sends_the_work_back() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 2).await;
    review.decide(&[approve(), refuse()]).await;
    assert_eq!(review.status().await, "revision_requested");
    let seen = review.seen_by(&review.fixture.poster).await.with(200);
    assert_eq!(
        (&seen.body["summary"]["consensus"], &seen.body["rounds"][0]["consensus"]),
        (&json!("needs_revision"), &json!("needs_revision"))
    );
    app.close().await;
}

#[tokio::test]
async fn one_more_proofer_breaks_a_tie_where_that_was_asked_for() {
    let app = TestApi::new().await;
    let mut job = proofed(2);
    job["tie_break"] = json!(true);
    let mut review = Review::of(JobFixture::delivered_as(&app, job).await);
    for name in ["Checker", "Reader"] {
        review.join(name).await;
        review.accept(&review.applications[review.applications.len() - 1]).await.with(200);
    }
    review.fund().await.with(200);
    review.decide(&[approve(), refuse()]).await;
    assert_eq!(review.status().await, "pending_proof", "one more is to be chosen");
    review.join("Breaker").await;
    let accepted = review.accept(&review.applications[2]).await.with(200);
    assert_eq!((&accepted.body["slots_filled"], &accepted.body["slots_total"]), (&json!(3), &json!(3)));
    review.fund().await.with(200);
    review.submit(2, approve()).await.with(201);
    assert_eq!(review.status().await, "approved");
    let seen = review.seen_by(&review.fixture.poster).await.with(200);
    let seats = seen.body["seats"].as_array().expect("seats");
    assert_eq!(seats.iter().filter(|seat| seat["tie_break"] == json!(true)).count(), 1);
    for proofer in &review.proofers {
        assert_eq!(review.available(proofer).await, 2_400);
    }
    app.close().await;
}

#[tokio::test]
async fn who_is_silent_loses_the_seat_and_the_poster_gets_the_fee_back() {
    let app = TestApi::new().await;
    let mut review = Review::funded(&app, 3).await;
    review.submit(0, approve()).await.with(201);
    let before = review.available(&review.fixture.poster).await;
    app.advance(Duration::days(2)).await;
    assert_eq!(review.status().await, "pending_proof", "two seats are free");
    assert_eq!(review.available(&review.fixture.poster).await, before + 2 * 2_400);
    snapshot!("submit_too_late", review.submit(1, approve()).await);
    review.seen_by(&review.proofers[1]).await.with(404);
    snapshot!("accept_again", review.accept(&review.applications[1]).await);
    // One more verdict is enough for two of three, once the poster asks for two.
    review.join("Substitute").await;
    review.accept(&review.applications[3]).await.with(200);
    let short = review.fund().await.with(400);
    assert_eq!((&short.body["accepted"], &short.body["required"]), (&json!(2), &json!(3)));
    review.settings(json!({ "proofer_count": 2 })).await.with(200);
    review.fund().await.with(200);
    review.submit(3, approve()).await.with(201);
    assert_eq!(review.status().await, "approved");
    for (n, cents) in [(0, 2_400), (1, 0), (2, 0), (3, 2_400)] {
        assert_eq!(review.available(&review.proofers[n]).await, cents, "proofer {n}");
    }
    app.close().await;
}

#[tokio::test]
async fn a_majority_counts_although_one_is_silent() {
    let app = TestApi::new().await;
    let review = Review::funded(&app, 3).await;
    review.decide(&[approve(), approve()]).await;
    assert_eq!(review.status().await, "in_review", "the third may still speak");
    app.advance(Duration::days(2)).await;
    assert_eq!(review.status().await, "approved");
    assert_eq!(review.available(&review.proofers[2]).await, 0);
    app.close().await;
}

#[tokio::test]
async fn a_job_that_nobody_proofs_in_time_is_judged_by_its_poster() {
    let app = TestApi::new().await;
    let review = Review::accepted(&app, 2).await;
    app.advance(Duration::days(3)).await;
    assert_eq!(review.status().await, "delivered");
    assert_eq!(review.available(&review.fixture.poster).await, 100_000 - 47_250, "no seat was funded");
    app.close().await;
}

#[tokio::test]
async fn a_round_that_the_wallet_cannot_pay_waits_for_the_poster() {
    let app = TestApi::new().await;
    let mut job = proofed(2);
    job["proof_fee"] = json!(20_000);
    let mut review = Review::of(JobFixture::delivered_as(&app, job).await);
    for name in ["Checker", "Reader"] {
        review.join(name).await;
        review.accept(&review.applications[review.applications.len() - 1]).await.with(200);
    }
    review.fund().await.with(200);
    review.decide(&[revise(), revise()]).await;
    assert_eq!(review.fixture.deliver("With the tax.").await.with(200).text("/status"), "pending_proof");
    let short = review.fund().await.with(402);
    assert_eq!((&short.body["required"], &short.body["available"]), (&json!(40_000), &json!(12_750)));
    let seen = review.seen_by(&review.proofers[0]).await.with(200);
    assert_eq!((&seen.body["blind_review_active"], &seen.body["assignment"]["status"]), (&json!(true), &json!("accepted")));
    app.close().await;
}
