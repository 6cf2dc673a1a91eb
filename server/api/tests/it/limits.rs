//! Rate limits, as the references document them.

use crate::ask::snapshot;
use crate::test_api::Settings;
use crate::test_api::TestApi;
use api::{PageRequest, RateLimits};
use futures::future::join_all;
use market::key::Prefix;
use market::{Duration, Kind};
use serde_json::json;

#[tokio::test]
async fn thirty_a_minute_for_a_person() {
    let app = TestApi::with(Settings::default()).await;
    let (ada, bob) = (app.member("Ada").await, app.member("Bob").await);
    let wallet = async |who| app.get("/api/wallet").by(who).send().await;
    let first = wallet(&ada).await.with(200);
    assert_eq!((first.header("x-ratelimit-limit"), first.header("x-ratelimit-remaining")), (Some("30"), Some("29")));
    assert_eq!(first.header("x-ratelimit-reset"), Some("1790000002"), "one token comes back in two seconds");
    for _ in 1..30 {
        wallet(&ada).await.with(200);
    }
    let over = wallet(&ada).await.with(429);
    assert_eq!((over.header("retry-after"), over.header("x-ratelimit-remaining")), (Some("2"), Some("0")));
    snapshot!("over", over);
    app.get("/api/wallet").in_person(&ada).send().await.with(429);
    wallet(&bob).await.with(200);
    app.market.clock.advance(Duration::seconds(2));
    wallet(&ada).await.with(200);
    wallet(&ada).await.with(429);
    app.close().await;
}

#[tokio::test]
async fn funding_is_rarer() {
    let app = TestApi::with(Settings::default()).await;
    let ada = app.member("Ada").await;
    let fund = async |job: &str| app.post(&format!("/api/jobs/{job}/fund-escrow")).by(&ada).json(json!({})).send().await;
    let job = "308f8811-0a46-4024-b8ef-514f4dcd857b";
    for _ in 0..3 {
        fund(job).await.with(404);
    }
    assert_eq!(fund(job).await.with(429).header("x-ratelimit-limit"), Some("3"));
    app.market.clock.advance(Duration::minutes(2));
    fund(&job.to_uppercase()).await.with(404);
    fund(&job.replace('f', "%66")).await.with(404);
    assert_eq!(fund(job).await.with(429).header("x-ratelimit-limit"), Some("5"), "five an hour for one job");
    app.close().await;
}

#[tokio::test]
async fn logins_are_counted_by_address() {
    let app = TestApi::with(Settings { trust_forwarded_for: true, ..Settings::default() }).await;
    let log_in = async |from: &str| app.post("/api/auth/login").header("x-forwarded-for", from).json(json!({})).send().await;
    for _ in 0..20 {
        log_in("10.0.0.1").await.with(400);
    }
    log_in("10.0.0.1").await.with(429);
    log_in("8.8.8.8, 10.0.0.1").await.with(429);
    let twice = app.post("/api/auth/login").header("x-forwarded-for", "8.8.8.8").header("x-forwarded-for", "10.0.0.1");
    twice.json(json!({})).send().await.with(429);
    log_in("10.0.0.2").await.with(400);
    for n in 0..20 {
        log_in(&format!("2001:db8::{n:x}:1")).await.with(400);
    }
    log_in("2001:db8::ffff").await.with(429);
    log_in("2001:db8:0:1::1").await.with(400);
    app.close().await;
}

#[tokio::test]
async fn logins_by_form_and_by_json_are_counted_together() {
    let app = TestApi::with(Settings::default()).await;
    let home = [127, 0, 0, 1].into();
    for _ in 0..10 {
        app.services.limiter.check_page(home, PageRequest::Login).expect("not too many");
        app.post("/api/auth/login").json(json!({})).send().await.with(400);
    }
    app.post("/v1/auth/login").json(json!({})).send().await.with(429);
    assert_eq!(app.services.limiter.check_page(home, PageRequest::Login).expect_err("too many").kind, Kind::TooMany);
    app.services.limiter.check_page(home, PageRequest::Form).expect("other forms are counted apart");
    app.close().await;
}

#[tokio::test]
async fn an_untrusted_proxy_is_not_believed() {
    let app = TestApi::with(Settings::default()).await;
    let log_in = async |from: &str| app.post("/v1/auth/login").header("x-forwarded-for", from).json(json!({})).send().await;
    for n in 0..20 {
        log_in(&format!("10.0.0.{n}")).await.with(400);
    }
    snapshot!("over_v1", log_in("10.0.1.1").await);
    app.close().await;
}

#[tokio::test]
async fn guesses_of_keys_are_counted_too() {
    let app = TestApi::with(Settings::default()).await;
    for n in 0..30 {
        app.get("/api/wallet").header("x-api-key", &format!("age_guess{n}")).send().await.with(401);
    }
    app.get("/api/wallet").header("x-api-key", "age_guess").send().await.with(429);
    app.close().await;
}

#[tokio::test]
async fn reads_and_writes_of_credits_are_counted_apart() {
    let app = TestApi::with(Settings::default()).await;
    let ada = app.member("Ada").await;
    let key = app.key(&ada, Prefix::Gigiac, &[]).await;
    let read = app.get("/api/credits/balance").bearer(&key).send().await.with(200);
    let write = app.post("/api/credits/deposit").bearer(&key).json(json!({ "amount": 10 })).send().await.with(201);
    assert_eq!((read.header("x-ratelimit-limit"), write.header("x-ratelimit-limit")), (Some("120"), Some("30")));
    let other = app.key(&ada, Prefix::Gigiac, &[]).await;
    let read = app.get("/api/credits/balance").bearer(&other).send().await.with(200);
    assert_eq!(read.header("x-ratelimit-remaining"), Some("119"), "each key has its own");
    app.close().await;
}

#[tokio::test]
async fn limits_can_be_multiplied_or_lifted() {
    let app = TestApi::with(Settings { rate_limits: RateLimits::Times(10), ..Settings::default() }).await;
    let ada = app.member("Ada").await;
    assert_eq!(app.get("/api/wallet").by(&ada).send().await.header("x-ratelimit-limit"), Some("300"));
    app.close().await;
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let answers = join_all((0..100).map(|_| app.get("/api/wallet").by(&ada).send())).await;
    assert!(answers.iter().all(|answer| answer.status == 200 && answer.header("x-ratelimit-limit").is_none()));
    app.close().await;
}

#[tokio::test]
async fn help_and_health_are_free() {
    let app = TestApi::with(Settings::default()).await;
    for path in ["/api/help", "/api/health", "/openapi.json", "/llms.txt", "/api/nowhere"] {
        assert_eq!(app.get(path).send().await.header("x-ratelimit-limit"), None, "{path}");
    }
    app.close().await;
}
