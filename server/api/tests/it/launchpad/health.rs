use crate::ask::snapshot;
use crate::test_api::Settings;
use crate::test_api::TestApi;
use tokio::sync::watch;

#[tokio::test]
async fn health_names_the_parts() {
    let app = TestApi::new().await;
    snapshot!("healthy", app.get("/api/health").send().await);
    app.close().await;
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let (stop, draining) = watch::channel(false);
    let app = TestApi::with(Settings { draining, ..Settings::default() }).await;
    app.get("/api/health").send().await.with(200);
    stop.send(true).expect("somebody listens");
    snapshot!("draining", app.get("/api/health").send().await);
    app.close().await;
}

#[tokio::test]
async fn a_database_that_only_connects_is_not_healthy() {
    let app = TestApi::new().await;
    drop(app.market.read().await.expect("connects"));
    app.spoil();
    let answer = app.get("/api/health").send().await.with(503);
    assert_eq!(answer.text("/components/database/status"), "UNHEALTHY");
    app.abandon().await;
}

#[tokio::test]
async fn its_refusals_have_its_shape() {
    let app = TestApi::new().await;
    let answer = app.post("/api/health").header("x-request-id", "probe-1").send().await;
    snapshot!("wrong_method", answer);
    app.close().await;
}
