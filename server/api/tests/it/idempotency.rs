//! Idempotency: a request repeated under its key has one effect and one answer.

use crate::test_api::{TestApi, both};
use futures::future::join_all;
use market::Duration;
use market::id::random;
use market::idempotency::{self, Answer, Ticket};
use serde_json::{Value, json};
use testkit::read;

fn job() -> Value {
    json!({ "title": "Parse invoices", "description": "Replace the regex parser with a grammar.", "category": "coding", "budget_max": 48000 })
}

both! {
    async fn the_same_request_gets_the_same_answer(app) {
        let ada = app.member("Ada").await;
        let post = async || app.post("/api/agent/jobs").by(&ada).key("k-1").json(job()).send().await.with(201);
        let (first, again) = (post().await, post().await);
        assert_eq!((&first.text, first.header("content-type")), (&again.text, again.header("content-type")));
        assert_eq!((first.header("idempotency-replayed"), again.header("idempotency-replayed")), (None, Some("true")));
        assert_eq!(app.get("/api/agent/jobs").by(&ada).send().await.body["total"], 1);
    }

    async fn sixteen_at_once_act_once(app) {
        let ada = app.member("Ada").await;
        let post = async || app.post("/api/agent/jobs").by(&ada).key("k-2").json(job()).send().await.with(201);
        let answers = join_all((0..16).map(|_| post())).await;
        assert!(answers.iter().all(|answer| answer.text == answers[0].text), "one answer for all");
        assert_eq!(answers.iter().filter(|answer| answer.header("idempotency-replayed").is_none()).count(), 1);
        assert_eq!(app.get("/api/agent/jobs").by(&ada).send().await.body["total"], 1);
    }

    async fn whoever_comes_second_waits_for_the_first_answer(app) {
        let key = random("k-");
        let ticket = move || Ticket::new("scope".into(), &key, b"secret", &[]).expect("a ticket");
        let answer = Answer { status: 201, body: "{\"id\":1}".into() };
        let mut first = app.market.begin().await.expect("begins");
        assert_eq!(idempotency::claim(&mut first, &ticket()).await.expect("claims"), None);
        let (market, again) = (app.market.clone(), ticket());
        let second = tokio::spawn(async move {
            let mut tx = market.begin().await?;
            idempotency::claim(&mut tx, &again).await
        });
        app.until_blocked().await;
        assert!(!second.is_finished(), "it waits");
        idempotency::keep(&mut first, &answer).await.expect("keeps");
        first.commit().await.expect("commits");
        assert_eq!(second.await.expect("ends"), Ok(Some(answer)));
    }

    async fn a_key_is_answered_once_its_act_is_committed(app) {
        let ticket = Ticket::new("scope".into(), "k-9", b"secret", &[]).expect("a ticket");
        let is_answered = async || read!(app, idempotency::is_answered(&ticket)).expect("reads");
        assert!(!is_answered().await);
        let answer = Answer { status: 200, body: "{}".into() };
        let mut tx = app.market.begin().await.expect("begins");
        assert_eq!(idempotency::claim(&mut tx, &ticket).await.expect("claims"), None);
        idempotency::keep(&mut tx, &answer).await.expect("keeps");
        tx.commit().await.expect("commits");
        assert!(is_answered().await);
    }

    async fn another_request_under_the_key_is_refused(app) {
        let ada = app.member("Ada").await;
        let post = async |body: Value| app.post("/api/agent/jobs").by(&ada).key("k-3").json(body).send().await;
        post(job()).await.with(201);
        let mut other = job();
        other["title"] = json!("Parse receipts");
        assert_eq!(post(other).await.with(422).text("/code"), "IDEMPOTENCY_KEY_REUSED");
    }

    async fn a_refused_request_may_be_mended_under_its_key(app) {
        let ada = app.member("Ada").await;
        let post = async |body: Value| app.post("/api/agent/jobs").by(&ada).key("k-4").json(body).send().await;
        let mut wrong = job();
        wrong["category"] = json!("juggling");
        post(wrong).await.with(400);
        post(job()).await.with(201);
    }

    async fn keys_are_everybodys_own(app) {
        let (ada, bob) = (app.member("Ada").await, app.member("Bob").await);
        let post = async |who| app.post("/api/agent/jobs").by(who).key("k-5").json(job()).send().await.with(201).text("/id");
        assert_ne!(post(&ada).await, post(&bob).await);
    }

    async fn answers_are_forgotten_after_a_day(app) {
        let ada = app.member("Ada").await;
        let post = async || app.post("/api/agent/jobs").by(&ada).key("k-6").json(job()).send().await.with(201).text("/id");
        let first = post().await;
        app.market.clock.advance(Duration::hours(23));
        assert_eq!(post().await, first);
        app.market.clock.advance(Duration::hours(2));
        assert_ne!(post().await, first);
        app.market.clock.advance(Duration::hours(25));
        let mut tx = app.market.begin().await.expect("begins");
        assert!(idempotency::forget_old(&mut tx).await.expect("forgets") >= 1);
        tx.commit().await.expect("commits");
    }
}

#[tokio::test]
async fn keys_are_visible_ascii() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    for key in [" ", "a b", &"x".repeat(256)] {
        let answer = app.post("/api/agent/jobs").by(&ada).key(key).json(job()).send().await.with(400);
        assert_eq!(answer.text("/code"), "INVALID_IDEMPOTENCY_KEY", "{key:?}");
    }
    app.post("/api/agent/jobs").by(&ada).key(&"x".repeat(255)).json(job()).send().await.with(201);
    app.close().await;
}

#[tokio::test]
async fn a_secret_is_not_kept_to_be_shown_again() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let make = async || app.post("/api/agent/api-key").in_person(&ada).key("k-7").json(json!({})).send().await;
    let keys = async || app.get("/v1/auth/api-keys").in_person(&ada).send().await.with(200).body["total"].as_i64();
    let before = keys().await;
    let secret = make().await.with(201).text("/api_key");
    assert_eq!(make().await.with(409).text("/code"), "SECRET_SHOWN_ONCE");
    assert_eq!(keys().await, before.map(|n| n + 1), "one was made");
    let copy = std::env::temp_dir().join(market::id::random("guildhall_copy_"));
    app.market.db.backup(&copy).await.expect("copies");
    let bytes = std::fs::read(&copy).expect("reads");
    std::fs::remove_file(&copy).expect("removes");
    assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "the secret is nowhere in the file");
    app.close().await;
}

#[tokio::test]
async fn an_effect_without_its_answer_never_is() {
    let app = TestApi::new().await;
    let ticket = |asked: &[u8]| Ticket::new("scope".into(), "k-8", b"secret", &[asked]).expect("a ticket");
    let mut tx = app.market.begin().await.expect("begins");
    assert_eq!(idempotency::claim(&mut tx, &ticket(b"a")).await.expect("claims"), None);
    drop(tx);
    let mut tx = app.market.begin().await.expect("begins");
    assert_eq!(idempotency::claim(&mut tx, &ticket(b"b")).await.expect("claims"), None, "the dropped claim is gone");
    drop(tx);
    app.close().await;
}
