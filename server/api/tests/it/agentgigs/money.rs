use super::story::{Story, draft};
use crate::ask::snapshot;
use crate::world::{World, both};
use futures::future::join_all;
use market::Money;
use serde_json::json;

#[tokio::test]
async fn funding_locks_price_and_fee() {
    let world = World::new().await;
    let story = Story::accepted(&world).await;
    snapshot!("fund", story.by_poster("fund-escrow", json!({ "applicationId": story.application, "useWallet": true })).await);
    snapshot!("wallet", world.get("/api/wallet").by(&story.poster).send().await);
    snapshot!("transactions", world.get("/api/wallet/transactions").by(&story.poster).send().await);
    snapshot!("fund_again", story.by_poster("fund-escrow", json!({})).await);
    world.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_funding() {
    let world = World::new().await;
    let story = Story::accepted(&world).await;
    assert_eq!(story.by_poster("fund-escrow", json!({ "useWallet": false })).await.with(400).fields(), ["useWallet"]);
    assert_eq!(story.by_poster("fund-escrow", json!({ "useWallet": "yes" })).await.with(400).fields(), ["useWallet"]);
    story.by_poster("fund-escrow", json!({ "applicationId": "prop_other" })).await.with(409);
    story.by_worker("fund-escrow", json!({})).await.with(404);
    let open = Story::applied(&world).await;
    snapshot!("fund_open", open.by_poster("fund-escrow", json!({})).await);
    world.close().await;
}

#[tokio::test]
async fn too_little_money_is_told_with_numbers() {
    let world = World::new().await;
    let mut story = Story::applied(&world).await;
    let poor = world.poster("Poor", Money(1_200)).await;
    let job = world.post("/api/agent/jobs").by(&poor).json(draft()).send().await.with(201).text("/id");
    (story.poster, story.job) = (poor, job);
    story.by_worker("nda", json!({})).await.with(200);
    story.application = story.by_worker("apply", json!({ "proposed_price": 45000 })).await.with(201).text("/id");
    story.accept().await.with(200);
    let short = story.by_poster("fund-escrow", json!({})).await;
    assert_eq!((&short.body["required"], &short.body["available"]), (&json!(47250), &json!(1200)));
    snapshot!("insufficient", short);
    assert_eq!(story.seen_by(&story.poster).await.text("/status"), "pending_escrow", "nothing happened");
    world.close().await;
}

both! {
    async fn many_fundings_at_once_have_one_effect(world) {
        let story = Story::accepted(world).await;
        let fundings = join_all((0..16).map(|_| story.by_poster("fund-escrow", json!({})))).await;
        let statuses: Vec<_> = fundings.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
        let wallet = world.get("/api/wallet").by(&story.poster).send().await;
        assert_eq!((&wallet.body["available"], &wallet.body["reserved"]), (&json!(52750), &json!(47250)));
    }
}
