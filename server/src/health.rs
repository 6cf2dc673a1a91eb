//! Readiness and liveness of this process, for load balancers. `/api/health` reports the state of its parts.

use axum::Router;
use axum::extract::State;
use axum::routing::get;
use http::StatusCode;
use tokio::sync::watch;

pub(crate) fn routes(draining: watch::Receiver<bool>) -> Router {
    Router::new().route("/readyz", get(ready)).route("/livez", get(|| async { "alive\n" })).with_state(draining)
}

async fn ready(State(draining): State<watch::Receiver<bool>>) -> (StatusCode, &'static str) {
    match *draining.borrow() {
        true => (StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
        false => (StatusCode::OK, "ready\n"),
    }
}
