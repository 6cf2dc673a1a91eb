//! The router: every path of the program and the middleware before it, on one page.

use crate::config::{Config, Mode};
use crate::headers::Tls;
use crate::metrics::Numbers;
use crate::request::Frame;
use crate::worker::{Draining, Shared};
use crate::{coding, csrf, docs, door, files, headers, health, live, metrics, request, sandbox, session, site};
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use market::Market;
use market::live::Hub;

/// Builds the router. From the outside in: request id, timeout and log; security headers; the owner of the path.
pub(crate) fn router(market: &Market, config: &Config, numbers: &Numbers, shared: Shared, draining: Draining) -> Router {
    let https = market.terms.base_url.starts_with("https://");
    let Shared { uses, hub, files } = shared;
    let settings = api::Settings {
        rate_limits: config.rate_limits,
        trust_forwarded_for: config.trust_proxy,
        draining: draining.clone().into(),
        uses,
        hub: hub.clone(),
        files: files.clone(),
        ..api::Settings::default()
    };
    let pages_of = app::site::Site { market: market.clone(), files: settings.files.clone(), options: site::options() };
    let gate = api::Gate::new(&settings, &market.clock);
    let mut router = api::router_behind(&gate, market.clone(), settings)
        .merge(health::routes(draining))
        .merge(metrics::routes(market, numbers.clone(), config.metrics))
        .merge(docs::routes());
    if config.mode == Mode::Sandbox {
        router = router.merge(sandbox::routes(config.mail_folder(), &market.terms.base_url));
    }
    router = router.fallback_service(pages(pages_of, https, gate, hub)).layer(from_fn(coding::pack));
    if config.mode == Mode::Sandbox {
        router = router.layer(from_fn(sandbox::local_names_only));
    }
    let frame = Frame { numbers: numbers.clone(), begin_within: request::BEGIN_WITHIN };
    router
        .layer(from_fn_with_state(Tls(https && config.mode == Mode::Production), headers::secure))
        .layer(from_fn_with_state(frame, request::watch))
}

/// Builds the routes of pages. Static files need no session; every other request is checked for forgery before its session is
/// loaded.
fn pages(site: app::site::Site, https: bool, gate: api::Gate, hub: Hub) -> Router {
    let market = site.market.clone();
    let files = files::Files { market: market.clone(), depot: site.files.clone() };
    let ours = csrf::Origin(market.terms.base_url.as_str().into());
    app::site::router(site)
        .merge(files::routes(files))
        .merge(live::routes(live::Live { market: market.clone(), gate: gate.clone(), hub }))
        .layer(from_fn(api::again))
        .layer(from_fn(session::renew))
        .layer(session::layer(&market, https))
        .layer(from_fn_with_state(gate, door::count))
        .layer(from_fn_with_state(ours, csrf::guard))
        .layer(from_fn(site::files_first))
}
