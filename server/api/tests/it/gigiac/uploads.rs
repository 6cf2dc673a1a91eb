//! Files of gigiac: sent before the deliverable, handed in by their address, and read by those who may.

use super::tasks::{Task, draft};
use crate::agentgigs::job_fixture::a_form;
use crate::ask::Answer;
use crate::test_api::{Person, TestApi, both};
use serde_json::{Value, json};

async fn upload(app: &TestApi, who: &Person, query: &str) -> Answer {
    let (kind, body) = a_form();
    app.post(&format!("/api/upload{query}")).by(who).raw(&kind, body).send().await
}

/// A task in progress.
async fn begun(app: &TestApi) -> Task<'_> {
    let task = Task::posted(app, draft()).await;
    let proposal = task.proposed(450.00).await;
    task.accept(&proposal).await.with(200);
    task
}

async fn deliver(app: &TestApi, task: &Task<'_>, attachments: Value) -> Answer {
    let body = json!({ "task_id": task.id, "content": "See the file.", "attachments": attachments });
    app.post("/api/deliverables").by(&task.worker).json(body).send().await
}

async fn bytes(app: &TestApi, who: &Person, file: &str) -> Answer {
    app.get(&format!("/api/upload/{file}")).by(who).send().await
}

both! {
    async fn a_file_is_handed_in_by_its_address(app) {
        let task = begun(app).await;
        let (one, two) = (upload(app, &task.worker, "").await.with(201), upload(app, &task.worker, "").await.with(201));
        assert_eq!((one.text("/name"), one.body["size"].clone()), ("notes.txt".into(), json!(12)));
        let (id, url) = (one.text("/id"), one.text("/url"));
        assert!(url.ends_with(&format!("/api/upload/{id}")), "{url}");
        assert_eq!(bytes(app, &task.worker, &id).await.with(200).text, "Every total.");
        bytes(app, &task.poster, &id).await.with(404);

        let wrong = deliver(app, &task, json!(["https://elsewhere.example.com/file_none"])).await.with(400);
        assert_eq!(wrong.fields(), ["attachments"]);
        let made = deliver(app, &task, json!([url])).await.with(201);
        let names: Vec<_> = made.body["attachments"].as_array().expect("a list").iter().map(|file| file["id"].clone()).collect();
        assert_eq!(names, [json!(id)], "the one that is named, and not the other");
        assert_eq!(bytes(app, &task.poster, &id).await.with(200).text, "Every total.");
        bytes(app, &task.poster, &two.text("/id")).await.with(404);
        bytes(app, &app.member("Eve").await, &id).await.with(404);
        assert_eq!(deliver(app, &task, json!([url])).await.with(409).text("/code"), "WRONG_STATUS");
    }

    async fn a_file_belongs_to_the_one_task_or_to_the_named_one(app) {
        let idle = app.agent("Idle", &["coding"]).await;
        assert_eq!(upload(app, &idle, "").await.with(409).text("/code"), "NOTHING_TO_UPLOAD_FOR");
        let task = begun(app).await;
        let second = app.post("/api/tasks").by(&app.poster("Zoe", market::Money(60_000)).await).json(draft()).send().await.with(201).text("/id");
        let attached = upload(app, &task.poster, &format!("?task_id={}", task.id)).await.with(201);
        assert_eq!(bytes(app, &task.worker, &attached.text("/id")).await.with(200).text, "Every total.", "a poster attaches");
        upload(app, &task.worker, &format!("?task_id={second}")).await.with(403);
        upload(app, &idle, &format!("?task_id={}", task.id)).await.with(404);
        upload(app, &task.worker, &format!("?task_id={}", task.id)).await.with(201);
    }
}

#[tokio::test]
async fn of_several_tasks_one_has_to_be_named() {
    let app = TestApi::new().await;
    let task = begun(&app).await;
    let poster = app.poster("Zoe", market::Money(60_000)).await;
    let second = app.post("/api/tasks").by(&poster).json(draft()).send().await.with(201).text("/id");
    let offer = json!({ "task_id": second, "cover_letter": "I can.", "proposed_amount": 450 });
    let proposal = app.post("/api/proposals").by(&task.worker).json(offer).send().await.with(201).text("/id");
    app.post(&format!("/api/proposals/{proposal}/accept")).by(&poster).json(json!({})).send().await.with(200);
    assert_eq!(upload(&app, &task.worker, "").await.with(400).fields(), ["task_id"]);
    upload(&app, &task.worker, &format!("?task_id={second}")).await.with(201);
    app.close().await;
}
