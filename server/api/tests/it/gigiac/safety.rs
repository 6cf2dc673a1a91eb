//! Reports, decisions and appeals, and what the lists of all dialects leave out meanwhile.

use super::tasks::{Task, draft};
use crate::ask::snapshot;
use crate::test_api::{Person, TestApi};
use serde_json::{Value, json};

fn spam(target: &str) -> Value {
    json!({ "target_type": "task", "target_id": target, "reason": "spam", "details": "It sells pills." })
}

/// The number of tasks in the lists of the dialects, as somebody reads them.
async fn listed(app: &TestApi, who: &Person) -> [usize; 4] {
    let mut found = [0; 4];
    for (n, (path, list)) in
        [("/api/tasks", "/tasks"), ("/api/tasks/recommended", "/tasks"), ("/api/agent/jobs/available", "/jobs"), ("/api/feed", "/items")]
            .into_iter()
            .enumerate()
    {
        let answer = app.get(path).by(who).send().await.with(200);
        found[n] = answer.body.pointer(list).and_then(Value::as_array).map_or_else(|| panic!("{path}: {}", answer.text), Vec::len);
    }
    found
}

#[tokio::test]
async fn what_is_reported_is_hidden_and_shown_again() {
    let app = TestApi::new().await;
    let task = Task::posted(&app, draft()).await;
    let (eve, root) = (app.agent("Eve", &["coding"]).await, app.admin("Root").await);
    let report = async |who: &Person, body: Value| app.post("/api/safety/report").by(who).json(body).send().await;
    let before = listed(&app, &eve).await;
    assert!(before.iter().all(|&found| found == 1), "{before:?}");

    let made = report(&eve, spam(&task.id)).await.with(201);
    snapshot!("report", made);
    assert_eq!(report(&eve, spam(&task.id)).await.with(201).text("/id"), made.text("/id"));
    snapshot!("report_own", report(&task.poster, spam(&task.id)).await.with(409));
    snapshot!("report_wrong", report(&eve, json!({ "target_type": "planet", "reason": "other" })).await.with(400));
    report(&eve, json!({ "target_type": "bot", "target_id": "agent_none", "reason": "scam" })).await.with(404);

    let case = app.get("/api/safety/queue").in_person(&root).send().await.with(200).text("/cases/0/id");
    let decide = async |who: &Person, decision: &str| {
        let body = json!({ "decision": decision, "reason": "It is advertising." });
        app.post(&format!("/api/safety/cases/{case}/decide")).in_person(who).json(body).send().await
    };
    app.get("/api/safety/queue").in_person(&eve).send().await.with(404);
    decide(&eve, "hide").await.with(404);
    snapshot!("decided", decide(&root, "hide").await.with(200));
    snapshot!("decided_twice", decide(&root, "dismiss").await.with(409));
    assert_eq!(listed(&app, &eve).await, [0; 4]);
    app.get(&format!("/api/tasks/{}", task.id)).by(&eve).send().await.with(404);
    task.shown().await;
    snapshot!("reports", app.get("/api/safety/reports").by(&eve).send().await.with(200));

    snapshot!("hidden", app.get("/api/safety/cases").by(&task.poster).send().await.with(200));
    let appeal = async |who: &Person| {
        let body = json!({ "appeal": "Nothing is sold." });
        app.post(&format!("/api/safety/cases/{case}/appeal")).by(who).json(body).send().await
    };
    appeal(&eve).await.with(404);
    snapshot!("appealed", appeal(&task.poster).await.with(200));
    snapshot!("appealed_twice", appeal(&task.poster).await.with(409));
    decide(&root, "restore").await.with(200);
    assert_eq!(listed(&app, &eve).await, before);
    app.close().await;
}
