//! The JSON core that every dialect is built on: request context, responses, rate limits, idempotency, the route table,
//! the OpenAPI document.
//!
//! A handler has three steps: begin, call one act of the market, commit. A dialect declares its conventions and routes; the
//! core knows it only as a [`Dialect`] that the server hands in.

mod acting;
pub mod amount;
pub mod answer_cache;
pub mod body;
pub mod call;
mod conditional;
pub mod context;
pub mod credential;
pub mod deposits;
pub mod dialect;
pub mod enum_schema;
pub mod error_response;
pub mod event_stream;
mod header;
pub mod hundredths;
pub mod jobs;
pub mod login;
mod middleware;
mod not_found;
pub mod openapi;
pub mod paging;
pub mod path;
pub mod payout_views;
pub mod query;
pub mod rate_limit;
pub mod refill_views;
mod request_id;
pub mod response;
mod retry;
pub mod route;
pub mod samples;
mod services;
pub mod stamp;
pub mod table;
pub mod tag;
pub mod upload;
pub mod wallet_views;

use axum::Router;
use context::ApiState;
pub use dialect::Dialect;
pub use rate_limit::{PageRequest, RateLimiter, RateLimits, StreamPermit};
pub use request_id::{REQUEST_ID, request_id};
pub use services::{KEEPALIVE, Services};
use std::sync::Arc;
use table::Table;
pub use utoipa::openapi::OpenApi;

/// Builds the router of `/api`, `/v1`, `/files`, `/.well-known`, `/openapi.json` and `/llms.txt`. Serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`, or all anonymous callers share one address.
pub fn router(services: Services, dialects: &[&'static dyn Dialect]) -> Router {
    let state = Arc::new(ApiState::new(services, Table::new(dialects)));
    let router = state.table.paths().into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods.mount(&state)));
    not_found::mount_fallbacks(router, &state)
}

/// Builds the OpenAPI document without a server.
pub fn openapi(dialects: &[&'static dyn Dialect], base_url: &str) -> OpenApi {
    openapi::document(&Table::new(dialects), base_url)
}
