//! Whether this process wants more work: what a load balancer asks. `/api/health` tells how its parts are.

use crate::worker::Draining;
use axum::Router;
use axum::extract::State;
use axum::routing::get;
use http::StatusCode;

pub(crate) fn routes(draining: Draining) -> Router {
    Router::new().route("/readyz", get(ready)).route("/livez", get(|| async { "alive\n" })).with_state(draining)
}

async fn ready(State(draining): State<Draining>) -> (StatusCode, &'static str) {
    match *draining.borrow() {
        true => (StatusCode::SERVICE_UNAVAILABLE, "draining\n"),
        false => (StatusCode::OK, "ready\n"),
    }
}
