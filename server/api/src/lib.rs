//! The JSON dialects: several ways of speaking HTTP to one market.
//!
//! A handler is three moves: begin, one act of the market, commit. Everything around it (who asks, how often, whether
//! this was asked before, how a refusal looks) is written once, here, and each dialect only says where it differs.

mod again;
mod agentgigs;
mod amount;
mod body;
mod call;
mod credential;
mod dialect;
mod document;
mod edge;
mod gagiteck;
mod gate;
mod gigiac;
mod guildhall;
mod launchpad;
mod limit;
mod live;
mod login;
mod mean;
mod nowhere;
mod paging;
mod path;
mod purse;
mod query;
mod refusal;
mod reply;
mod route;
mod scene;
mod settings;
mod table;
mod upload;
mod words;

pub use again::again;
use axum::Router;
use axum::routing::MethodRouter;
pub use gate::{Form, Gate};
pub use limit::{Place, RateLimits};
pub use live::{Manner, flow, last_event_id};
use market::Market;
use scene::Desk;
pub use settings::{Draining, Settings};
use std::collections::BTreeMap;
use std::sync::Arc;
use table::Table;
pub use utoipa::openapi::OpenApi;

/// Everything under `/api`, `/v1`, `/.well-known`, `/openapi.json` and `/llms.txt`. Serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`, or all strangers share one address.
pub fn router(market: Market, settings: Settings) -> Router {
    let gate = Gate::new(&settings, &market.clock);
    router_behind(&gate, market, settings)
}

/// The same behind a gate that others pass too: a login by form and one by JSON are counted together.
pub fn router_behind(gate: &Gate, market: Market, settings: Settings) -> Router {
    let desk = Arc::new(Desk::new(market, settings, gate.clone()));
    let mut paths: BTreeMap<&str, (MethodRouter, nowhere::Here)> = BTreeMap::new();
    for (dialect, route) in desk.table.routes() {
        let (methods, here) = paths.entry(route.path).or_insert_with(|| (MethodRouter::new(), nowhere::Here::new(*dialect)));
        *methods = std::mem::take(methods).merge(route.mount(&desk, *dialect));
        here.allow(&route.method);
    }
    let router = paths.into_iter().fold(Router::new(), |router, (path, (methods, here))| router.route(path, here.guard(methods, &desk)));
    nowhere::mount(router, &desk)
}

/// The OpenAPI document, for those who want it without a server.
pub fn openapi(base_url: &str) -> OpenApi {
    document::document(&Table::new(), base_url)
}
