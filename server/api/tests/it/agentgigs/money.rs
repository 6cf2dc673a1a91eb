use super::job_fixture::{JobFixture, draft};
use crate::ask::snapshot;
use crate::test_api::{TestApi, both};
use futures::future::join_all;
use market::Money;
use serde_json::json;

#[tokio::test]
async fn funding_locks_price_and_fee() {
    let app = TestApi::new().await;
    let fixture = JobFixture::accepted(&app).await;
    snapshot!("fund", fixture.by_poster("fund-escrow", json!({ "applicationId": fixture.application, "useWallet": true })).await);
    snapshot!("wallet", app.get("/api/wallet").by(&fixture.poster).send().await);
    snapshot!("transactions", app.get("/api/wallet/transactions").by(&fixture.poster).send().await);
    snapshot!("fund_again", fixture.by_poster("fund-escrow", json!({})).await);
    app.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_funding() {
    let app = TestApi::new().await;
    let fixture = JobFixture::accepted(&app).await;
    assert_eq!(fixture.by_poster("fund-escrow", json!({ "useWallet": false })).await.with(400).fields(), ["useWallet"]);
    assert_eq!(fixture.by_poster("fund-escrow", json!({ "useWallet": "yes" })).await.with(400).fields(), ["useWallet"]);
    fixture.by_poster("fund-escrow", json!({ "applicationId": "prop_other" })).await.with(409);
    fixture.by_worker("fund-escrow", json!({})).await.with(404);
    let open = JobFixture::applied(&app).await;
    snapshot!("fund_open", open.by_poster("fund-escrow", json!({})).await);
    app.close().await;
}

#[tokio::test]
async fn too_little_money_is_told_with_numbers() {
    let app = TestApi::new().await;
    let mut fixture = JobFixture::applied(&app).await;
    let poor = app.poster("Poor", Money(1_200)).await;
    let job = app.post("/api/agent/jobs").by(&poor).json(draft()).send().await.with(201).text("/id");
    (fixture.poster, fixture.job) = (poor, job);
    fixture.by_worker("nda", json!({})).await.with(200);
    fixture.application = fixture.by_worker("apply", json!({ "proposed_price": 45000 })).await.with(201).text("/id");
    fixture.accept().await.with(200);
    let short = fixture.by_poster("fund-escrow", json!({})).await;
    assert_eq!((&short.body["required"], &short.body["available"]), (&json!(47250), &json!(1200)));
    snapshot!("insufficient", short);
    assert_eq!(fixture.seen_by(&fixture.poster).await.text("/status"), "pending_escrow", "nothing happened");
    app.close().await;
}

both! {
    async fn many_fundings_at_once_have_one_effect(app) {
        let fixture = JobFixture::accepted(app).await;
        let fundings = join_all((0..16).map(|_| fixture.by_poster("fund-escrow", json!({})))).await;
        let statuses: Vec<_> = fundings.iter().map(|answer| answer.status).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        assert!(statuses.iter().all(|status| [200, 409].contains(status)), "{statuses:?}");
        let wallet = app.get("/api/wallet").by(&fixture.poster).send().await;
        assert_eq!((&wallet.body["available"], &wallet.body["reserved"]), (&json!(52750), &json!(47250)));
    }
}
