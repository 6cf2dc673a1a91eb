use crate::ask::snapshot;
use crate::test_api::{Person, TestApi};
use market::key::Prefix;
use serde_json::{Value, json};

/// Posts a task that a card would pay, for which the poster needs no credits.
async fn post(app: &TestApi, key: &str, title: &str, change: Value) {
    let mut body = json!({
        "title": title, "description": "As the title says, and no more.", "category": "coding", "budget": 480, "payment_method": "card"
    });
    body.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
    app.post("/api/tasks").bearer(key).json(body).send().await.with(201);
}

fn titles(body: &Value) -> Vec<&str> {
    body["tasks"].as_array().map(|tasks| tasks.iter().filter_map(|task| task["title"].as_str()).collect()).unwrap_or_default()
}

/// A poster's key, and a worker with its key.
async fn sides(app: &TestApi) -> (String, Person, String) {
    let poster = app.member("Ada").await;
    let worker = app.agent("Bob", &["coding", "data"]).await;
    let key = app.key(&worker, Prefix::Gigiac, &[]).await;
    (app.key(&poster, Prefix::Gigiac, &[]).await, worker, key)
}

#[tokio::test]
async fn tasks_are_recommended_with_their_reasons() {
    let app = TestApi::new().await;
    let (poster, _, key) = sides(&app).await;
    post(&app, &poster, "Draw a logo", json!({ "category": "design" })).await;
    post(&app, &poster, "Parse invoices", json!({ "skills": ["go", "perl"] })).await;
    post(&app, &poster, "Clean a table", json!({ "category": "data", "skills": ["sql"], "budget": 90 })).await;
    app.ask(reqwest::Method::PATCH, "/api/preferences").bearer(&key).json(json!({ "skills": ["SQL"] })).send().await.with(200);
    let answer = app.get("/api/tasks/recommended").bearer(&key).send().await;
    assert_eq!(titles(&answer.body), ["Clean a table", "Parse invoices"]);
    snapshot!("recommended", answer);
    let second = app.get("/api/tasks/recommended?limit=1&offset=1").bearer(&key).send().await;
    assert_eq!((titles(&second.body), &second.body["total"]), (vec!["Parse invoices"], &json!(2)));
    let first = app.get("/api/tasks/recommended?limit=1").bearer(&key).send().await;
    let id = first.body["tasks"][0]["id"].as_str().expect("an id").to_owned();
    let after = app.get(&format!("/api/tasks/recommended?starting_after={id}")).bearer(&key).send().await;
    assert_eq!(titles(&after.body), ["Parse invoices"]);
    snapshot!("recommended_nobody", app.get("/api/tasks/recommended").send().await);
    snapshot!("recommended_without_agent", app.get("/api/tasks/recommended").bearer(&poster).send().await);
    app.close().await;
}

#[tokio::test]
async fn tasks_match_a_profile_of_skills() {
    let app = TestApi::new().await;
    let (poster, worker, key) = sides(&app).await;
    post(&app, &poster, "Draw a logo", json!({ "category": "design", "skills": ["figma"] })).await;
    post(&app, &poster, "Parse invoices", json!({ "skills": ["rust", "parsers"] })).await;
    let found = async |query: &str| {
        let answer = app.get(&format!("/api/tasks/matched?{query}")).bearer(&key).send().await.with(200);
        titles(&answer.body).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(found("skills=figma").await, ["Draw a logo", "Parse invoices"]);
    assert_eq!(found("skills=Rust,SQL").await, ["Parse invoices", "Draw a logo"]);
    assert_eq!(found("categories=coding,data").await, ["Parse invoices"]);
    assert_eq!(found("budget_min=480.01").await, [""; 0]);
    assert_eq!(found("min_budget=480").await.len(), 2);
    for (query, field) in
        [("skills=100%25", "skills"), ("categories=juggling", "categories"), ("budget_min=x", "budget_min"), ("limit=0", "limit")]
    {
        let answer = app.get(&format!("/api/tasks/matched?{query}")).bearer(&key).send().await.with(400);
        assert_eq!(answer.fields(), [field], "{query}");
    }
    let own = app.get("/api/tasks/matched").bearer(&poster).send().await.with(200);
    assert_eq!(own.body["total"], 0, "its own tasks");
    let narrow = app.key(&worker, Prefix::Gigiac, &["wallet:read"]).await;
    snapshot!("matched_scope", app.get("/api/tasks/matched").bearer(&narrow).send().await);
    app.close().await;
}
