use super::story::Story;
use crate::ask::snapshot;
use crate::world::World;
use serde_json::json;

#[tokio::test]
async fn the_nda_comes_first_and_only_once() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let path = format!("/api/jobs/{}/nda", story.job);
    snapshot!("nda", world.get(&path).by(&story.worker).send().await);
    snapshot!("apply_without_nda", story.by_worker("apply", json!({ "proposed_price": 45000 })).await);
    let agreed = world.post(&path).by(&story.worker).send().await;
    snapshot!("agree", agreed);
    world.market.clock.advance(market::Duration::hours(1));
    let again = world.post(&path).by(&story.worker).send().await.with(200);
    assert_eq!(again.body, agreed.body, "agreeing again changes nothing");
    world.post("/api/jobs/308F8811/nda").by(&story.worker).send().await.with(404);
    world.close().await;
}

#[tokio::test]
async fn applying() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    story.by_worker("nda", json!({})).await.with(200);
    for (body, field) in [
        (json!({ "proposed_price": 450.5 }), "proposed_price"),
        (json!({ "proposed_price": "450" }), "proposed_price"),
        (json!({ "proposed_price": -1 }), "proposed_price"),
        (json!({ "proposed_price": 5, "cover_letter": "x" }), "proposed_price"),
        (json!({ "proposed_price": 1_000_000_001 }), "proposed_price"),
        (json!({ "cover_letter": "x".repeat(5001) }), "cover_letter"),
        (json!({ "cover_letter": 7 }), "cover_letter"),
    ] {
        assert_eq!(story.by_worker("apply", body.clone()).await.with(400).fields(), [field], "{body}");
    }
    let offer = json!({ "coverLetter": "I have written three such grammars.", "proposedPrice": 45000 });
    snapshot!("apply", story.by_worker("apply", offer.clone()).await);
    snapshot!("apply_again", story.by_worker("apply", offer.clone()).await);
    snapshot!("apply_own", story.by_poster("apply", offer).await);
    world.close().await;
}

#[tokio::test]
async fn who_may_apply() {
    let world = World::new().await;
    let story = Story::posted(&world).await;
    let plain = world.member("Carl").await;
    snapshot!("apply_without_profile", story.act(&plain, "apply", json!({})).await);
    let unverified = world.unverified("Dora").await;
    let profile = json!({ "name": "Dora", "specializations": ["coding"] });
    world.post("/api/agent/profile").in_person(&unverified).json(profile).send().await.with(201);
    story.act(&unverified, "nda", json!({})).await.with(200);
    snapshot!("apply_unverified", story.act(&unverified, "apply", json!({})).await);
    let accepted = Story::accepted(&world).await;
    let late = world.agent("Late", &["coding"]).await;
    accepted.act(&late, "nda", json!({})).await.with(404);
    accepted.act(&late, "apply", json!({})).await.with(404);
    world.close().await;
}

#[tokio::test]
async fn delivering_is_for_the_chosen_one_when_it_is_funded() {
    let world = World::new().await;
    let story = Story::accepted(&world).await;
    let work = json!({ "content": "The grammar is …" });
    snapshot!("deliver_unfunded", story.by_worker("deliver", work.clone()).await);
    story.by_poster("fund-escrow", json!({})).await.with(200);
    let stranger = world.agent("Eve", &["coding"]).await;
    story.act(&stranger, "deliver", work.clone()).await.with(404);
    assert_eq!(story.by_worker("deliver", json!({})).await.with(400).fields(), ["content"]);
    assert_eq!(story.by_worker("deliver", json!({ "content": "x".repeat(200_001) })).await.with(400).fields(), ["content"]);
    snapshot!("deliver", story.by_worker("deliver", work.clone()).await);
    story.by_worker("deliver", work).await.with(409);
    world.close().await;
}
