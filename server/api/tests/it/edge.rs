//! Behaviour that all routes share: credentials, bodies, request ids, and answers where there is no route.

use crate::ask::{Answer, snapshot};
use crate::test_api::{Settings, TestApi, router};
use axum::body::{Body, Bytes};
use axum::extract::Request;
use market::key::Prefix;
use reqwest::Method;
use serde_json::json;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower::ServiceExt;

const NO_JOB: &str = "/api/jobs/308f8811-0a46-4024-b8ef-514f4dcd857b";

#[tokio::test]
async fn credentials_and_where_they_belong() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let wallet = || app.get("/api/wallet");
    snapshot!("age_in_bearer", wallet().bearer(&ada.key).send().await);
    snapshot!("token_in_api_key", wallet().header("x-api-key", &ada.token).send().await);
    snapshot!("two_credentials", wallet().by(&ada).in_person(&ada).send().await);
    snapshot!("no_credential", wallet().send().await);
    snapshot!("unknown_key", wallet().header("x-api-key", "age_unknown").send().await);
    wallet().bearer(&ada.key).header("x-api-key", "age_other").send().await.with(400);
    wallet().by(&ada).send().await.with(200);
    wallet().in_person(&ada).send().await.with(200);
    for prefix in [Prefix::Gagiteck, Prefix::Gigiac, Prefix::Launchpad] {
        let key = app.key(&ada, prefix, &[]).await;
        wallet().bearer(&key).send().await.with(200);
        wallet().header("x-api-key", &key).send().await.with(200);
        wallet().bearer(&key).header("x-api-key", &key).send().await.with(200);
    }
    app.close().await;
}

#[tokio::test]
async fn bodies_that_are_none() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let post = async |kind: &str, body: Vec<u8>| app.post("/api/agent/jobs").by(&ada).raw(kind, body).send().await;
    let code = |answer: Answer| answer.text("/code");
    snapshot!("form_body", post("application/x-www-form-urlencoded", b"title=x".to_vec()).await.with(415));
    for kind in ["text/plain", "application/jsonx", "multipart/form-data; boundary=x", ""] {
        assert_eq!(code(post(kind, b"{}".to_vec()).await.with(415)), "UNSUPPORTED_MEDIA_TYPE", "{kind}");
    }
    for kind in ["application/json; charset=utf-8", "APPLICATION/JSON", "application/ld+json"] {
        post(kind, b"{}".to_vec()).await.with(400);
    }
    for body in ["[1]", "null", "7", "\"x\"", "{", "{\"title\":}", "{} x", "{'a': 1}"] {
        assert_eq!(code(post("application/json", body.into()).await.with(400)), "INVALID_JSON", "{body}");
    }
    let big = [b"{\"title\": \"".to_vec(), vec![b'x'; 1 << 20], b"\"}".to_vec()].concat();
    snapshot!("big_body", post("application/json", big).await.with(413));
    app.close().await;
}

#[tokio::test]
async fn what_is_hidden_in_a_body_is_found_and_named() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let post = async |body: &[u8]| app.post("/api/agent/jobs").by(&ada).raw("application/json", body.to_vec()).send().await.with(400);
    let nested = |open: &str, close: &str| format!("{{\"title\": \"x\", \"junk\": {}{}}}", open.repeat(500_000), close.repeat(500_000));
    assert_eq!(post(nested("[", "]").as_bytes()).await.fields(), ["junk"]);
    assert_eq!(post(nested("[", "").as_bytes()).await.fields(), ["junk"]);
    assert_eq!(post(b"{\"title\": \"\xff\xfe\"}").await.fields(), ["title"]);
    assert_eq!(post(br#"{"title": "a\u0000b"}"#).await.fields(), ["title"]);
    assert_eq!(post(br#"{"title": "x", "deep": {"er": ["\u0000"]}}"#).await.fields(), ["deep.er[0]"]);
    assert_eq!(post(br#"{"title": 5}"#).await.fields(), ["title"]);
    assert_eq!(post(br#"{"title": "a", "title": "b"}"#).await.fields(), ["title"]);
    app.close().await;
}

#[tokio::test]
async fn a_key_that_is_revoked_while_its_body_arrives_is_worth_nothing() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let keys = app.get("/v1/auth/api-keys").in_person(&ada).send().await.with(200);
    let address = app.base_url.trim_start_matches("http://");
    let mut wire = TcpStream::connect(address).await.expect("connects");
    let head = format!(
        "POST /api/agent/jobs HTTP/1.1\r\nhost: {address}\r\nx-api-key: {}\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\nconnection: close\r\ncontent-length: 2\r\n\r\n",
        ada.key
    );
    wire.write_all(head.as_bytes()).await.expect("sends");
    let mut go_on = [0; b"HTTP/1.1 100 Continue\r\n\r\n".len()];
    wire.read_exact(&mut go_on).await.expect("a word that the body is waited for: the caller is let in");
    assert!(go_on.starts_with(b"HTTP/1.1 100"));
    // She has two keys, and they look alike.
    for key in keys.body["data"].as_array().expect("a list") {
        let path = format!("/v1/auth/api-keys/{}", key["id"].as_str().expect("an id"));
        app.ask(Method::DELETE, &path).in_person(&ada).send().await.with(204);
    }
    wire.write_all(b"{}").await.expect("sends");
    let mut answer = String::new();
    wire.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    app.close().await;
}

#[tokio::test]
async fn requests_have_ids() {
    let app = TestApi::new().await;
    let mine = app.get("/api/help").header("x-request-id", "my-id_1.2").send().await;
    assert_eq!(mine.header("x-request-id"), Some("my-id_1.2"));
    for odd in ["has space", "semi;colon", &"x".repeat(129)] {
        let answer = app.get("/api/help").header("x-request-id", odd).send().await;
        assert!(answer.header("x-request-id").is_some_and(|id| id.starts_with("req_")), "{odd}");
    }
    app.close().await;
}

#[tokio::test]
async fn nowhere_is_a_place_with_directions() {
    let app = TestApi::new().await;
    snapshot!("nowhere_poster_jobs", app.get("/api/poster/jobs").send().await);
    snapshot!("nowhere_agents_jobs", app.get("/api/agents/jobs").send().await);
    snapshot!("nowhere_v1", app.post("/v1/auth/signin").send().await);
    for (path, meant) in [
        ("/api/wallets", "GET /api/wallet"),
        ("/api/wallet/", "GET /api/wallet"),
        ("/api/jobs/308f8811-0a46-4024-b8ef-514f4dcd857b/aply", "POST /api/jobs/{id}/apply"),
        ("/api/agent/profil", "GET /api/agent/profile"),
        ("/api/credit/balance", "GET /api/credits/balance"),
    ] {
        assert_eq!(app.get(path).send().await.with(404).text("/did_you_mean"), meant, "{path}");
    }
    for path in ["/api", "/api/", "/v1", "/v1/", "/api/%ff", "/api/%00", "/v1/a/b/c/d/e/f/g"] {
        let answer = app.get(path).send().await.with(404);
        assert!(["ROUTE_NOT_FOUND", "NOT_FOUND"].contains(&answer.text("/code").as_str()), "{path}");
        assert_eq!(answer.text("/docs"), "/openapi.json");
    }
    app.close().await;
}

#[tokio::test]
async fn other_methods_are_told_which_there_are() {
    let app = TestApi::new().await;
    let answer = app.ask(Method::PUT, "/api/agent/profile").send().await.with(405);
    let mut allowed: Vec<_> = answer.header("allow").expect("an Allow header").split(", ").collect();
    allowed.sort_unstable();
    assert_eq!(allowed, ["GET", "HEAD", "OPTIONS", "PATCH", "POST"]);
    snapshot!("wrong_method", answer);
    app.ask(Method::HEAD, "/api/help").send().await.with(200);
    app.close().await;
}

#[tokio::test]
async fn anybody_may_ask_for_problem_details() {
    let app = TestApi::new().await;
    let problem = "application/json;q=0.5, application/problem+json";
    for path in ["/api/wallet", "/v1/auth/me", "/api/credits/balance", "/api/nowhere"] {
        let answer = app.get(path).header("accept", problem).header("x-request-id", "r-1").send().await;
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        for name in ["type", "title", "status", "detail", "code", "request_id"] {
            assert!(!answer.body[name].is_null(), "{path}: {name}");
        }
        assert_eq!(answer.body["status"], answer.status);
    }
    snapshot!("problem", app.get("/api/wallet").header("accept", problem).header("x-request-id", "r-1").send().await);
    app.close().await;
}

#[tokio::test]
async fn answers_are_not_cached_and_ids_are_exact() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let answer = app.get(NO_JOB).by(&ada).send().await.with(404);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    snapshot!("ref_as_id", app.get("/api/jobs/308F8811").by(&ada).send().await);
    for id in ["nonsense", "308f8811-0a46-4024-b8ef-514f4dcd857", "%00", "%ff", "..", &"x".repeat(4000)] {
        app.get(&format!("/api/jobs/{id}")).by(&ada).send().await.with(404);
    }
    app.post("/api/agent/jobs").by(&ada).json(json!({})).send().await.with(400);
    app.close().await;
}

/// Creates a body that counts how often it was polled.
fn watched() -> (Body, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let stream = futures::stream::poll_fn(move |_| {
        let more = count.fetch_add(1, Ordering::SeqCst) == 0;
        std::task::Poll::Ready(more.then(|| Ok::<_, std::io::Error>(Bytes::from_static(b"{}"))))
    });
    (Body::from_stream(stream), asked)
}

#[tokio::test]
async fn only_of_those_who_are_let_in_is_a_body_read() {
    let app = TestApi::with(Settings::default()).await;
    let router = router(&app.services);
    let ask = async |method: Method, path: &str, key: &str| {
        let (body, asked) = watched();
        let request = Request::builder().method(method).uri(path).header("x-api-key", key).header("content-type", "application/json");
        let answer = router.clone().oneshot(request.body(body).expect("a request")).await.expect("an answer");
        (answer.status().as_u16(), asked.load(Ordering::SeqCst))
    };
    assert_eq!(ask(Method::POST, "/api/agent/jobs", "age_unknown").await, (401, 0));
    assert_eq!(ask(Method::POST, "/api/nowhere", "").await, (404, 0));
    assert_eq!(ask(Method::PUT, "/api/agent/profile", "").await, (405, 0));
    for _ in 0..20 {
        let (status, asked) = ask(Method::POST, "/api/auth/login", "").await;
        assert!(status == 400 && asked > 0);
    }
    assert_eq!(ask(Method::POST, "/api/auth/login", "").await, (429, 0));
    app.close().await;
}

#[tokio::test]
async fn an_error_is_short_whatever_was_sent() {
    let app = TestApi::new().await;
    let ada = app.member("Ada").await;
    let long = "\"\u{e9}".repeat(40_000);
    let key = |n: usize| (format!("{n}{}", "k".repeat(200)), json!(1));
    for body in [
        json!({ "title": "x", "description": "y", "budget_max": long }),
        json!({ "title": "x", "deadline": long, "category": long, "budget_max": long, "proofer_count": long }),
        serde_json::Value::Object((0..2_000).map(key).collect()),
    ] {
        let answer = app.post("/api/agent/jobs").by(&ada).json(body).send().await.with(400);
        assert!(answer.text.len() <= 20_000, "{} bytes", answer.text.len());
    }
    let path = format!("/api/agent/jobs/available?limit={}&offset={}", "9".repeat(20_000), "%22".repeat(9_000));
    let answer = app.get(&path).by(&ada).send().await.with(400);
    assert!(answer.text.len() <= 20_000, "{} bytes", answer.text.len());
    app.close().await;
}
