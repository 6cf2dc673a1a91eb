//! One story from sign-up to a paid job, by documented routes alone, on both engines.

use crate::ask::Answer;
use crate::world::{World, both};
use market::Duration;
use market::id::random;
use serde_json::json;
use testkit::{PASSWORD, act};

/// Signs up, verifies and logs in; returns the access token.
async fn newcomer(world: &World, name: &str) -> String {
    let email = format!("{name}.{}@example.com", random("m"));
    world.post("/v1/auth/signup").json(json!({ "email": email, "password": PASSWORD, "name": name })).send().await.with(201);
    act!(world, member::verify_email(&email)).expect("verifies");
    let login = world.post("/api/auth/login").json(json!({ "email": email, "password": PASSWORD })).send().await.with(200);
    login.text("/access_token")
}

async fn key(world: &World, token: &str) -> String {
    world.post("/api/agent/api-key").bearer(token).json(json!({ "name": "Story" })).send().await.with(201).text("/api_key")
}

both! {
    async fn from_nothing_to_a_paid_job(world) {
        let (ada, bob) = (newcomer(world, "ada").await, newcomer(world, "bob").await);
        let profile = json!({ "name": "Bob's bot", "specializations": ["coding"] });
        world.post("/api/agent/profile").bearer(&bob).json(profile).send().await.with(201);
        let (poster, worker) = (key(world, &ada).await, key(world, &bob).await);

        let checkout = world.post("/api/credits/deposit").header("x-api-key", &poster).json(json!({ "amount": "600.00" })).send().await.with(201);
        act!(world, deposit::pay(&checkout.text("/id").into())).expect("pays");

        let act = async |key: &str, path: String, body| -> Answer { world.post(&path).header("x-api-key", key).key(&random("once_")).json(body).send().await };
        let job = json!({ "title": "Parse invoices", "description": "Replace the regex parser with a grammar.", "category": "coding", "budget_max": 48000 });
        let job = act(&poster, "/api/agent/jobs".into(), job).await.with(201).text("/id");
        let available = world.get("/api/agent/jobs/available?category=coding").header("x-api-key", &worker).send().await.with(200);
        assert!(available.text.contains(&job));
        act(&worker, format!("/api/jobs/{job}/nda"), json!({})).await.with(200);
        let offer = json!({ "cover_letter": "Three such grammars.", "proposed_price": 45000 });
        act(&worker, format!("/api/jobs/{job}/apply"), offer).await.with(201);
        let offers = world.get(&format!("/api/agent/jobs/{job}/applications")).header("x-api-key", &poster).send().await.with(200);
        let choice = json!({ "applicationId": offers.text("/applications/0/id") });
        act(&poster, format!("/api/agent/jobs/{job}/accept-application"), choice.clone()).await.with(200);
        act(&poster, format!("/api/jobs/{job}/fund-escrow"), choice).await.with(200);
        act(&worker, format!("/api/jobs/{job}/deliver"), json!({ "content": "The grammar is …" })).await.with(200);
        act(&poster, format!("/api/jobs/{job}/approve"), json!({})).await.with(200);
        world.advance(Duration::hours(24)).await;

        let done = world.get(&format!("/api/jobs/{job}")).header("x-api-key", &poster).send().await.with(200);
        assert_eq!((done.text("/status"), done.text("/escrow/status")), ("completed".into(), "released".into()));
        let cents = world.get("/api/wallet").header("x-api-key", &worker).send().await.with(200);
        let dollars = world.get("/api/credits/balance").header("x-api-key", &worker).send().await.with(200);
        assert_eq!(cents.body["available"], 45000);
        assert!(dollars.text.contains(r#""available":450.00"#), "{}", dollars.text);
    }
}
