//! `GET /api/health`: the health of this server. Load balancers ask without a credential and often, so the route has
//! neither authentication nor a rate limit.

use api::call::AnonymousCall;
use api::rate_limit::UNLIMITED;
use api::response::{ApiResult, ok};
use api::route::{Route, get};
use api::stamp::Stamp;
use axum::http::StatusCode;
use market::{Market, Result, db};
use serde::Serialize;
use serde_json::json;
use std::time::{Duration, Instant};
use utoipa::ToSchema;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/health", health)
            .named("launchpad_health")
            .says(
                "The health of the server",
                "Answers 503 with the same body while the server is unhealthy or about to stop. Parts that this server does not have are DISABLED.",
            )
            .gives(
                200,
                json!({
                    "status": "HEALTHY",
                    "timestamp": "2026-01-31T12:00:00.000Z",
                    "version": "0.1.0",
                    "components": {
                        "database": { "status": "HEALTHY", "responseTime": "1ms", "engine": "SQLite" },
                        "kubernetes": { "status": "DISABLED" },
                        "redis": { "status": "DISABLED" },
                        "registry": { "status": "DISABLED" }
                    }
                }),
            )
            .limited(&UNLIMITED),
    ]
}

/// The health of the system.
#[derive(Serialize, ToSchema)]
#[schema(as = launchpad::Health)]
struct Health {
    /// `HEALTHY`, `UNHEALTHY` or `DRAINING`
    status: &'static str,
    /// The time of the check
    timestamp: Stamp,
    /// The program's version
    version: &'static str,
    /// The health of each part
    components: Components,
}

/// The parts that launchpad's reference lists.
#[derive(Serialize, ToSchema)]
#[schema(as = launchpad::Components)]
struct Components {
    database: Database,
    kubernetes: Unused,
    redis: Unused,
    registry: Unused,
}

/// The database.
#[derive(Serialize, ToSchema)]
#[schema(as = launchpad::Database)]
#[serde(rename_all = "camelCase")]
struct Database {
    /// `HEALTHY` or `UNHEALTHY`
    status: &'static str,
    /// The time that one query took, such as `1ms`
    response_time: String,
    /// `SQLite` or `PostgreSQL`
    engine: &'static str,
}

/// A part that this server does without.
#[derive(Serialize, ToSchema)]
#[schema(as = launchpad::Unused)]
struct Unused {
    /// `DISABLED`
    status: &'static str,
}

const DISABLED: Unused = Unused { status: "DISABLED" };

async fn health(call: AnonymousCall) -> ApiResult<Health> {
    let market = call.market();
    let (database, sound) = database(market).await;
    let status = match (sound, *call.state().services.draining.borrow()) {
        (false, _) => "UNHEALTHY",
        (true, true) => "DRAINING",
        (true, false) => "HEALTHY",
    };
    let components = Components { database, kubernetes: DISABLED, redis: DISABLED, registry: DISABLED };
    let said = ok(Health { status, timestamp: market.clock.now().into(), version: env!("CARGO_PKG_VERSION"), components });
    Ok(if status == "HEALTHY" { said } else { said.with(StatusCode::SERVICE_UNAVAILABLE) })
}

/// The time after which the database counts as unreachable.
const PATIENCE: Duration = Duration::from_secs(2);

async fn database(market: &Market) -> (Database, bool) {
    let asked = Instant::now();
    let answers = matches!(tokio::time::timeout(PATIENCE, asked_something(market)).await, Ok(Ok(())));
    let poisoned = tokio::time::timeout(Duration::ZERO, market.db.poisoned()).await.is_ok();
    let (sound, took) = (answers && !poisoned, asked.elapsed().as_millis());
    let status = if sound { "HEALTHY" } else { "UNHEALTHY" };
    (Database { status, response_time: format!("{took}ms"), engine: market.db.engine() }, sound)
}

async fn asked_something(market: &Market) -> Result<()> {
    db::ping(&mut market.read().await?).await
}
