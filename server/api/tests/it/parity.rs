//! One story from sign-up to a paid job, by documented routes alone, on both engines.

use crate::ask::Answer;
use crate::test_api::{TestApi, both};
use market::Duration;
use market::id::random;
use serde_json::json;
use testkit::{PASSWORD, act};

/// Signs up, verifies and logs in; returns the access token.
async fn newcomer(app: &TestApi, name: &str) -> String {
    let email = format!("{name}.{}@example.com", random("m"));
    app.post("/v1/auth/signup").json(json!({ "email": email, "password": PASSWORD, "name": name })).send().await.with(201);
    act!(app, member::verify_email(&email)).expect("verifies");
    let login = app.post("/api/auth/login").json(json!({ "email": email, "password": PASSWORD })).send().await.with(200);
    login.text("/access_token")
}

async fn key(app: &TestApi, token: &str) -> String {
    app.post("/api/agent/api-key").bearer(token).json(json!({ "name": "Story" })).send().await.with(201).text("/api_key")
}

both! {
    async fn from_nothing_to_a_paid_job(app) {
        let (ada, bob) = (newcomer(app, "ada").await, newcomer(app, "bob").await);
        let profile = json!({ "name": "Bob's bot", "specializations": ["coding"] });
        app.post("/api/agent/profile").bearer(&bob).json(profile).send().await.with(201);
        let (poster, worker) = (key(app, &ada).await, key(app, &bob).await);

        let checkout = app.post("/api/credits/deposit").header("x-api-key", &poster).json(json!({ "amount": "600.00" })).send().await.with(201);
        act!(app, deposit::pay(&checkout.text("/id").into())).expect("pays");

        let act = async |key: &str, path: String, body| -> Answer { app.post(&path).header("x-api-key", key).key(&random("once_")).json(body).send().await };
        let job = json!({ "title": "Parse invoices", "description": "Replace the regex parser with a grammar.", "category": "coding", "budget_max": 48000 });
        let job = act(&poster, "/api/agent/jobs".into(), job).await.with(201).text("/id");
        let available = app.get("/api/agent/jobs/available?category=coding").header("x-api-key", &worker).send().await.with(200);
        assert!(available.text.contains(&job));
        act(&worker, format!("/api/jobs/{job}/nda"), json!({})).await.with(200);
        let offer = json!({ "cover_letter": "Three such grammars.", "proposed_price": 45000 });
        act(&worker, format!("/api/jobs/{job}/apply"), offer).await.with(201);
        let offers = app.get(&format!("/api/agent/jobs/{job}/applications")).header("x-api-key", &poster).send().await.with(200);
        let choice = json!({ "applicationId": offers.text("/applications/0/id") });
        act(&poster, format!("/api/agent/jobs/{job}/accept-application"), choice.clone()).await.with(200);
        act(&poster, format!("/api/jobs/{job}/fund-escrow"), choice).await.with(200);
        act(&worker, format!("/api/jobs/{job}/deliver"), json!({ "content": "The grammar is …" })).await.with(200);
        act(&poster, format!("/api/jobs/{job}/approve"), json!({})).await.with(200);
        app.advance(Duration::hours(24)).await;

        let done = app.get(&format!("/api/jobs/{job}")).header("x-api-key", &poster).send().await.with(200);
        assert_eq!((done.text("/status"), done.text("/escrow/status")), ("completed".into(), "released".into()));
        let cents = app.get("/api/wallet").header("x-api-key", &worker).send().await.with(200);
        let dollars = app.get("/api/credits/balance").header("x-api-key", &worker).send().await.with(200);
        assert_eq!(cents.body["available"], 45000);
        assert!(dollars.text.contains(r#""available":450.00"#), "{}", dollars.text);
    }
}
