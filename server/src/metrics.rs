//! Metrics for operators, in Prometheus' text format at `/metrics`.

use crate::config::MetricsAccess;
use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{HeaderMap, StatusCode, header};
use market::{Market, timer};
use metrics::{Key, Label, Level, Metadata, Recorder};
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle, PrometheusRecorder};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

const SECONDS: [f64; 12] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const HOW: Metadata<'static> = Metadata::new("guildhall", Level::INFO, None);
const COUNT: &str = "http_requests_total";
const TOOK: &str = "http_request_duration_seconds";
const STREAMS: &str = "guildhall_streams_open";
const DEAD: &str = "guildhall_timers_dead";

/// The metrics of one server. Cheap to clone.
#[derive(Clone)]
pub(crate) struct Metrics {
    recorder: Arc<PrometheusRecorder>,
    handle: PrometheusHandle,
}

impl Metrics {
    pub(crate) fn new() -> Result<Self, BuildError> {
        let recorder = PrometheusBuilder::new().set_buckets(&SECONDS)?.build_recorder();
        recorder.describe_counter(COUNT.into(), None, "Requests by method, route and status.".into());
        recorder.describe_histogram(TOOK.into(), None, "Time to the answer's head, by route.".into());
        recorder.describe_gauge(DEAD.into(), None, "Timers that failed for good and wait for a person.".into());
        recorder.describe_gauge(STREAMS.into(), None, "Streams of events that are open.".into());
        Ok(Self { handle: recorder.handle(), recorder: Arc::new(recorder) })
    }

    /// Records an answered request. `route` is a pattern, never a path, so the number of labels is bounded.
    pub(crate) fn answered(&self, method: &'static str, route: String, status: StatusCode, took: Duration) {
        let took_by = Key::from_parts(TOOK, vec![Label::new("route", route.clone())]);
        self.recorder.register_histogram(&took_by, &HOW).record(took.as_secs_f64());
        let labels =
            vec![Label::from_static_parts("method", method), Label::new("route", route), Label::new("status", status.as_str().to_owned())];
        self.recorder.register_counter(&Key::from_parts(COUNT, labels), &HOW).increment(1);
    }

    /// Records the number of open event streams.
    pub(crate) fn listened(&self, streams: usize) {
        self.recorder.register_gauge(&Key::from_static_name(STREAMS), &HOW).set(streams as f64);
    }

    /// Folds the recorded durations into buckets; without it an unread server would keep every one of them.
    pub(crate) fn upkeep(&self) {
        self.handle.run_upkeep();
    }

    async fn text(&self, market: &Market) -> market::Result<String> {
        let dead = timer::dead(&mut market.read().await?).await?;
        self.recorder.register_gauge(&Key::from_static_name(DEAD), &HOW).set(dead as f64);
        Ok(self.handle.render())
    }
}

/// Builds the route; `readers` says who may read it.
pub(crate) fn routes(market: &Market, metrics: Metrics, readers: MetricsAccess) -> Router {
    Router::new().route("/metrics", get(read)).with_state((market.clone(), metrics, readers))
}

async fn read(
    State((market, metrics, readers)): State<(Market, Metrics, MetricsAccess)>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Response {
    // A proxy on this machine also calls from loopback, but it names its caller in a header.
    let proxied = headers.contains_key("x-forwarded-for") || headers.contains_key(header::FORWARDED);
    let allowed = match readers {
        MetricsAccess::Open => true,
        MetricsAccess::Loopback => peer.ip().to_canonical().is_loopback() && !proxied,
        MetricsAccess::Off => false,
    };
    if !allowed {
        return StatusCode::NOT_FOUND.into_response();
    }
    match metrics.text(&market).await {
        Ok(text) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
