//! Letting in by the head, running again what was in another's way, and surviving what broke.

use super::*;
use crate::again::RERUNS_MOST;
use crate::agentgigs::AgentGigs;
use crate::gate::Gate;
use crate::reply::{Reply, ok};
use crate::route::{Route, post};
use crate::settings::Settings;
use axum::Router;
use axum::http::Method;
use market::{Kind, Market, Terms, Time};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use tower::ServiceExt;

async fn market() -> (Market, PathBuf) {
    let folder = std::env::temp_dir().join(market::id::random("guildhall_edge_"));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let db = market::db::Db::open(&format!("sqlite://{}", folder.join("market.db").display())).await.expect("opens");
    let clock = market::time::Clock::manual(Time::from_ms(0));
    (Market::new(db, clock, Arc::new(Terms::default()), Arc::from([7; 32])), folder)
}

async fn answer(route: Route) -> (StatusCode, HeaderMap, Value) {
    let (market, folder) = market().await;
    let settings = Settings::default();
    let gate = Gate::new(&settings, &market.clock);
    let desk = Arc::new(Desk::new(market, settings, gate));
    let router = Router::new().route("/", route.mount(&desk, &AgentGigs));
    let request = Request::post("/").body(Body::from("{}")).expect("a request");
    let (parts, body) = router.oneshot(request).await.expect("an answer").into_parts();
    let body = to_bytes(body, BYTES_MOST).await.expect("a body");
    std::fs::remove_dir_all(&folder).expect("removes the test's folder");
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap_or_default())
}

/// A route whose first `failures` runs are in another's way.
fn busy(failures: usize) -> (Route, Arc<AtomicUsize>) {
    let runs = Arc::new(AtomicUsize::new(0));
    let count = runs.clone();
    let handler = move || {
        let run = count.fetch_add(1, Ordering::SeqCst);
        async move { if run < failures { Err(Error::try_again().into()) } else { Reply::Ok(ok::<String>("done".to_owned())) } }
    };
    (post("/", handler), runs)
}

#[tokio::test]
async fn an_act_in_anothers_way_is_run_again() {
    for failures in [0, 1, 3] {
        let (route, runs) = busy(failures);
        assert_eq!(answer(route).await.0, StatusCode::OK, "after {failures} failures");
        assert_eq!(runs.load(Ordering::SeqCst), failures + 1);
    }
}

#[tokio::test]
async fn but_not_for_ever() {
    let (route, runs) = busy(usize::MAX);
    let (status, headers, body) = answer(route).await;
    assert_eq!((status, body["code"].as_str()), (StatusCode::SERVICE_UNAVAILABLE, Some("TRY_AGAIN")));
    assert_eq!(headers[header::RETRY_AFTER], "1");
    assert_eq!(runs.load(Ordering::SeqCst), RERUNS_MOST + 1);
}

#[tokio::test]
async fn other_refusals_stand() {
    let runs = Arc::new(AtomicUsize::new(0));
    let count = runs.clone();
    let handler = move || {
        count.fetch_add(1, Ordering::SeqCst);
        async { Reply::<String>::Err(Error::new(Kind::Unavailable, "no_payment_provider", "None.").into()) }
    };
    assert_eq!(answer(post("/", handler)).await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

/// A body that counts how often it was asked for more.
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
    let (market, folder) = market().await;
    let router = crate::router(market, Settings::default());
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
    std::fs::remove_dir_all(&folder).expect("removes the test's folder");
}

#[tokio::test]
async fn a_panic_is_a_dressed_500() {
    #[allow(unreachable_code, reason = "the handler's type")]
    let handler = || async { Reply::<String>::Ok(panic!("as this test wants it")) };
    let (status, headers, body) = answer(post("/", handler)).await;
    assert_eq!((status, body["code"].as_str()), (StatusCode::INTERNAL_SERVER_ERROR, Some("INTERNAL_ERROR")));
    assert!(headers.contains_key(REQUEST_ID));
    assert!(!body.to_string().contains("as this test"));
}
