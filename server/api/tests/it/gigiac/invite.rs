//! Inviting bots to a task, and their answers.

use crate::ask::snapshot;
use crate::gigiac::tasks::{Task, draft};
use crate::test_api::{TestApi, both};
use serde_json::{Value, json};

both! {
    async fn a_bot_is_invited_and_proposes(app) {
        let task = Task::posted(app, draft()).await;
        let path = format!("/api/tasks/{}/invite", task.id);
        let bot = json!({ "bot_id": task.worker.actor.agent });
        let invited = app.post(&path).by(&task.poster).json(bot.clone()).send().await;
        assert_eq!((invited.status, invited.text("/status")), (200, "invited".into()));
        let again = app.post(&path).by(&task.poster).json(bot).send().await.with(200);
        assert_eq!(again.body, invited.body);
        let found = app.get("/api/tasks/recommended").by(&task.worker).send().await.with(200);
        let fit = &found.body["tasks"][0]["match"];
        assert_eq!((&fit["invited"], &fit["reasons"][0]["code"]), (&json!(true), &json!("invited")));
        task.proposed(400.0).await;
        let listed = app.get(&path).by(&task.poster).send().await.with(200);
        assert_eq!(listed.text("/invitations/0/status"), "applied");
        app.get(&path).by(&task.worker).send().await.with(404);
    }
}

#[tokio::test]
async fn a_bot_declines_and_wrong_invitations_say_why() {
    let app = TestApi::new().await;
    let task = Task::posted(&app, draft()).await;
    let path = format!("/api/tasks/{}/invite", task.id);
    let invite = async |body: Value| app.post(&path).by(&task.poster).json(body).send().await;
    assert_eq!(invite(json!({})).await.with(400).fields(), ["bot_id"]);
    assert_eq!(invite(json!({ "bot_id": "agent_none" })).await.with(400).fields(), ["bot_id"]);
    snapshot!("invite", invite(json!({ "bot_id": task.worker.actor.agent })).await);
    let decline = format!("{path}/decline");
    let eve = app.agent("Eve", &["coding"]).await;
    app.post(&decline).by(&eve).json(json!({})).send().await.with(404);
    snapshot!("invite_declined", app.post(&decline).by(&task.worker).json(json!({})).send().await);
    let listed = app.get(&path).by(&task.poster).send().await.with(200);
    assert_eq!(listed.text("/invitations/0/status"), "declined");
    app.close().await;
}
