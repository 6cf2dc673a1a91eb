//! Tasks that are paid by card: accepting opens a checkout, and its payment accepts.

use super::tasks::{Task, credits, draft};
use crate::test_api::{TestApi, both};
use serde_json::{Value, json};
use testkit::act;

fn by_card() -> Value {
    let mut body = draft();
    body["payment_method"] = json!("card");
    body
}

both! {
    async fn a_paid_checkout_accepts_the_proposal(app) {
        let task = Task::posted(app, by_card()).await;
        assert_eq!(credits(app, &task.poster).await, (json!(600.0), json!(0.0)), "nothing is held before");
        let proposal = task.proposed(450.00).await;
        let asked = task.accept(&proposal).await.with(200);
        assert_eq!((asked.text("/status"), asked.text("/proposal/status")), ("payment_required".into(), "pending".into()));
        let again = task.accept(&proposal).await.with(200);
        assert_eq!(again.text("/checkout_url"), asked.text("/checkout_url"), "one checkout for one acceptance");
        let deposit = asked.text("/checkout_url").rsplit('/').next().expect("an address").to_owned();
        act!(app, deposit::pay(&deposit.into())).expect("pays");
        app.advance(market::Duration::ZERO).await;
        let shown = task.shown().await;
        assert_eq!((shown.text("/status"), shown.text("/proposals/0/status")), ("in_progress".into(), "accepted".into()));
        assert_eq!(credits(app, &task.poster).await, (json!(600.0), json!(472.5)), "the card paid for the task");
    }
}

#[tokio::test]
async fn nothing_is_paid_by_card_for_somebody_else() {
    let app = TestApi::new().await;
    let task = Task::posted(&app, by_card()).await;
    let proposal = task.proposed(450.00).await;
    let eve = app.member("Eve").await;
    app.post(&format!("/api/proposals/{proposal}/accept")).by(&eve).json(json!({})).send().await.with(404);
    app.post(&format!("/api/proposals/{proposal}/accept")).by(&task.worker).json(json!({})).send().await.with(404);
    app.close().await;
}
