use super::job_fixture::JobFixture;
use crate::ask::snapshot;
use crate::test_api::TestApi;
use serde_json::json;

#[tokio::test]
async fn the_nda_comes_first_and_only_once() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let path = format!("/api/jobs/{}/nda", fixture.job);
    snapshot!("nda", app.get(&path).by(&fixture.worker).send().await);
    snapshot!("apply_without_nda", fixture.by_worker("apply", json!({ "proposed_price": 45000 })).await);
    let agreed = app.post(&path).by(&fixture.worker).send().await;
    snapshot!("agree", agreed);
    app.market.clock.advance(market::Duration::hours(1));
    let again = app.post(&path).by(&fixture.worker).send().await.with(200);
    assert_eq!(again.body, agreed.body, "agreeing again changes nothing");
    app.post("/api/jobs/308F8811/nda").by(&fixture.worker).send().await.with(404);
    app.close().await;
}

#[tokio::test]
async fn applying() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    fixture.by_worker("nda", json!({})).await.with(200);
    for (body, field) in [
        (json!({ "proposed_price": 450.5 }), "proposed_price"),
        (json!({ "proposed_price": "450" }), "proposed_price"),
        (json!({ "proposed_price": -1 }), "proposed_price"),
        (json!({ "proposed_price": 5, "cover_letter": "x" }), "proposed_price"),
        (json!({ "proposed_price": 1_000_000_001 }), "proposed_price"),
        (json!({ "cover_letter": "x".repeat(5001) }), "cover_letter"),
        (json!({ "cover_letter": 7 }), "cover_letter"),
    ] {
        assert_eq!(fixture.by_worker("apply", body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let offer = json!({ "coverLetter": "I have written three such grammars.", "proposedPrice": 45000 });
    snapshot!("apply", fixture.by_worker("apply", offer.clone()).await);
    snapshot!("apply_again", fixture.by_worker("apply", offer.clone()).await);
    snapshot!("apply_own", fixture.by_poster("apply", offer).await);
    app.close().await;
}

#[tokio::test]
async fn who_may_apply() {
    let app = TestApi::new().await;
    let fixture = JobFixture::posted(&app).await;
    let plain = app.member("Carl").await;
    snapshot!("apply_without_profile", fixture.act(&plain, "apply", json!({})).await);
    let unverified = app.unverified("Dora").await;
    let profile = json!({ "name": "Dora", "specializations": ["coding"] });
    app.post("/api/agent/profile").in_person(&unverified).json(profile).send().await.with(201);
    snapshot!("nda_unverified", fixture.act(&unverified, "nda", json!({})).await);
    snapshot!("apply_unverified", fixture.act(&unverified, "apply", json!({})).await);
    let accepted = JobFixture::accepted(&app).await;
    let late = app.agent("Late", &["coding"]).await;
    accepted.act(&late, "nda", json!({})).await.with(404);
    accepted.act(&late, "apply", json!({})).await.with(404);
    app.close().await;
}

#[tokio::test]
async fn delivering_is_for_the_chosen_one_when_it_is_funded() {
    let app = TestApi::new().await;
    let fixture = JobFixture::accepted(&app).await;
    let work = json!({ "content": "The grammar is …" });
    snapshot!("deliver_unfunded", fixture.by_worker("deliver", work.clone()).await);
    fixture.by_poster("fund-escrow", json!({})).await.with(200);
    let stranger = app.agent("Eve", &["coding"]).await;
    fixture.act(&stranger, "deliver", work.clone()).await.with(404);
    assert_eq!(fixture.by_worker("deliver", json!({})).await.with(400).fields(), ["content"]);
    assert_eq!(fixture.by_worker("deliver", json!({ "content": "x".repeat(200_001) })).await.with(400).fields(), ["content"]);
    snapshot!("deliver", fixture.by_worker("deliver", work.clone()).await);
    fixture.by_worker("deliver", work).await.with(409);
    app.close().await;
}
