//! The router: every path of the program and the middleware before it, on one page.

use crate::config::{Config, Mode};
use crate::headers::Tls;
use crate::metrics::Metrics;
use crate::request::RequestGuard;
use crate::{
    compression, csrf, docs, files, headers, health, live, metrics, page_rate_limit, payment_news, request, request_head, sandbox, session,
    site, site_map, statement,
};
use api::Services;
use app::sandbox::kept::KeptMail;
use app::site::Site;
use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

/// Builds the router. From the outside in: request id, timeout and log; security headers; the rules of a request's head; the owner of
/// the path.
pub(crate) fn router(services: &Services, config: &Config, metrics: &Metrics) -> Router {
    let market = &services.market;
    let https = market.rules.base_url.starts_with("https://");
    let mut router = api::router(services.clone(), &dialects::ALL)
        .merge(payment_news::routes(
            services,
            config.stripe.as_ref().map(|stripe| stripe.webhook_secret.as_str()),
            config.mode == Mode::Production,
        ))
        .merge(health::routes(services.draining.clone()))
        .merge(metrics::routes(market, metrics.clone(), config.metrics))
        .merge(docs::routes())
        .merge(site_map::routes(market));
    let mail = (config.mode == Mode::Sandbox).then(|| KeptMail(config.mail_folder()));
    router = router.fallback_service(pages(services, https, mail)).layer(from_fn(compression::pack));
    if config.mode == Mode::Sandbox {
        router = router.layer(from_fn(sandbox::local_names_only));
    }
    router = router.layer(from_fn(request_head::check));
    let frame = RequestGuard { metrics: metrics.clone(), begin_within: request::BEGIN_WITHIN };
    router
        .layer(from_fn_with_state(Tls(https && config.mode == Mode::Production), headers::secure))
        .layer(from_fn_with_state(frame, request::watch))
}

/// Builds the routes of pages. Static files need no session; every other request is checked for forgery before its session is
/// loaded.
fn pages(services: &Services, https: bool, mail: Option<KeptMail>) -> Router {
    let market = &services.market;
    let ours = csrf::Origin(market.rules.base_url.as_str().into());
    let form_limit = page_rate_limit::of_member(services.limiter.clone());
    let (files, payments, webhooks) = (services.files.clone(), services.payments.clone(), services.webhooks.clone());
    app::site::router(Site { market: market.clone(), form_limit, files, payments, webhooks, mail, options: site::options() })
        .merge(files::routes(services.clone()))
        .merge(live::routes(services.clone()))
        .merge(statement::routes(services.clone()))
        .layer(from_fn(session::renew))
        .layer(session::layer(market, https))
        .layer(from_fn_with_state(services.clone(), page_rate_limit::check))
        .layer(from_fn_with_state(ours, csrf::guard))
        .layer(from_fn(site::files_first))
}
