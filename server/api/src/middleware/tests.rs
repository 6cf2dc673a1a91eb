//! Tests of admission by the head, of retries, and of panics.

use super::*;
use crate::dialect::plain::PLAIN;
use crate::rate_limit::{RateLimiter, RateLimits};
use crate::response::{ApiResult, ok};
use crate::route::{Route, mount, post};
use crate::services::Services;
use crate::table::Table;
use axum::Router;
use axum::body::to_bytes;
use market::{Kind, Market, RETRIES_MAX, Rules, Time};
use serde_json::Value;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use storage::FileStore;
use tokio::sync::watch;
use tower::ServiceExt;

/// Creates services in a folder of their own, which the test removes.
pub(crate) async fn services() -> (Services, PathBuf) {
    let folder = std::env::temp_dir().join(market::id::random("guildhall_core_"));
    std::fs::create_dir_all(&folder).expect("a folder for the test");
    let db = market::db::Db::open(&format!("sqlite://{}", folder.join("market.db").display())).await.expect("opens");
    let clock = market::time::Clock::manual(Time::from_ms(0));
    let services = Services {
        bodies: Default::default(),
        payments: market::payment::Payments::off(),
        webhooks: market::endpoint::Webhooks { wires: &[], policy: Arc::new(market::outbound::Policy::sandbox()) },
        files: FileStore::folder(&folder, "files").expect("a folder for files"),
        hub: Default::default(),
        uses: Default::default(),
        limiter: RateLimiter::new(RateLimits::Reference, false, &clock),
        draining: watch::channel(false).1,
        keepalive: Duration::from_secs(30),
        market: Market::new(db, clock, Arc::new(Rules::default()), Arc::from([7; 32]), &market::nouns::REGISTRY),
    };
    (services, folder)
}

async fn answer(route: Route) -> (StatusCode, HeaderMap, Value) {
    let (services, folder) = services().await;
    let state = Arc::new(ApiState::new(services, Table::new(&[])));
    let router = Router::new().route("/", mount(&[(&PLAIN, &route)], &state));
    let request = Request::post("/").body(Body::from("{}")).expect("a request");
    let (parts, body) = router.oneshot(request).await.expect("an answer").into_parts();
    let body = to_bytes(body, BODY_BYTES_MAX).await.expect("a body");
    std::fs::remove_dir_all(&folder).expect("removes the test's folder");
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap_or_default())
}

/// Creates a route whose first `failures` runs end in a transient failure.
fn busy(failures: usize) -> (Route, Arc<AtomicUsize>) {
    let runs = Arc::new(AtomicUsize::new(0));
    let count = runs.clone();
    let handler = move || {
        let run = count.fetch_add(1, Ordering::SeqCst);
        async move { if run < failures { Err(Error::try_again().into()) } else { ApiResult::Ok(ok::<String>("done".to_owned())) } }
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
    assert_eq!(runs.load(Ordering::SeqCst), RETRIES_MAX + 1);
}

#[tokio::test]
async fn other_refusals_stand() {
    let runs = Arc::new(AtomicUsize::new(0));
    let count = runs.clone();
    let handler = move || {
        count.fetch_add(1, Ordering::SeqCst);
        async { ApiResult::<String>::Err(Error::new(Kind::Unavailable, "no_payment_provider", "None.").into()) }
    };
    assert_eq!(answer(post("/", handler)).await.0, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(runs.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_panic_is_a_dressed_500() {
    #[allow(unreachable_code, reason = "the handler's type")]
    let handler = || async { ApiResult::<String>::Ok(panic!("as this test wants it")) };
    let (status, headers, body) = answer(post("/", handler)).await;
    assert_eq!((status, body["code"].as_str()), (StatusCode::INTERNAL_SERVER_ERROR, Some("INTERNAL_ERROR")));
    assert!(headers.contains_key(REQUEST_ID));
    assert!(!body.to_string().contains("as this test"));
}
