//! The program around the market: it listens, keeps the workers going, and stops in good order.
//!
//! A [`Server`] is a value: `main` starts one, and so do tests, on a port and a folder of their own.

mod banner;
pub mod command;
mod compression;
pub mod config;
mod csrf;
mod demo;
mod disk;
mod docs;
mod error_response;
mod files;
mod headers;
mod health;
mod lifecycle;
mod listen;
mod live;
pub mod log;
mod mail;
mod metrics;
mod open_files;
mod page_rate_limit;
mod payment_news;
mod private;
mod request;
mod request_head;
mod router;
mod sandbox;
mod session;
mod site;
mod site_map;
mod statement;
mod worker;

pub use command::Command;
pub use config::{Config, Mode, RateLimits, Refusal, Settings};
pub use lifecycle::ExitReason;

use crate::listen::CONNECTIONS_MAX;
use api::{KEEPALIVE, RateLimiter, Services};
use market::db::Db;
use market::endpoint::Webhooks;
use market::key::Uses;
use market::live::Hub;
use market::nouns::REGISTRY;
use market::outbound::{Client, Limits, Policy, SystemLookup};
use market::payment::{Payments, Sandbox};
use market::schema::{self, SchemaState};
use market::time::Clock;
use market::{Market, Rules};
use std::net::SocketAddr;
use std::sync::Arc;
use storage::BodyBudget;
use stripe::Stripe;
use tokio::net::TcpListener;
use tokio::sync::watch;

/// A server that listens and has opened its database, but does not answer yet.
pub struct Server {
    services: Services,
    /// Tells everything that holds `services.draining` that the server stops.
    drain: watch::Sender<bool>,
    config: Arc<Config>,
    listener: TcpListener,
    address: SocketAddr,
    /// The most connections at a time.
    connections: usize,
    mailer: mail::MailTransport,
    outbound: Client,
    metrics: metrics::Metrics,
}

impl Server {
    /// Binds the address, then opens and migrates the database.
    pub async fn open(config: Config) -> Result<Self, Refusal> {
        let busy = |error| Refusal(format!("GUILDHALL_LISTEN is {}, and listening there failed: {error}", config.listen));
        let listener = TcpListener::bind(config.listen).await.map_err(busy)?;
        let address = listener.local_addr().map_err(busy)?;
        let mailer = mail::MailTransport::open(config.mail_folder(), config.smtp.as_ref())?;
        let metrics = metrics::Metrics::new().map_err(|error| Refusal(format!("the metrics can't be kept: {error}")))?;
        let market = open_market(&config, address).await?;
        let mut tx = market.begin().await?;
        market::mode::pin(&mut tx, config.mode.word()).await?;
        let home = market::file::home(&mut tx).await?;
        tx.commit().await?;
        let files = config.files.open(&home).await?.keeping_free(config.free_space_min);
        let limiter = RateLimiter::new(config.rate_limits, config.trust_proxy, &market.clock);
        let (drain, draining) = watch::channel(false);
        let connections = open_files::connections_max(CONNECTIONS_MAX);
        let (hub, uses) = (Hub::of_connections(connections), Uses::default());
        let bodies = BodyBudget::default();
        let payments = payments(&config, &market)?;
        let webhooks = webhooks(&config, &market);
        let services = Services { market, bodies, files, payments, webhooks, hub, uses, limiter, draining, keepalive: KEEPALIVE };
        let outbound = Client::new((*services.webhooks.policy).clone(), Limits::DELIVERY, Arc::new(SystemLookup::new()))?;
        Ok(Self { services, drain, config: Arc::new(config), listener, address, connections, mailer, outbound, metrics })
    }

    /// Replaces the server's clock, so that a test can move it.
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.services.limiter = RateLimiter::new(self.config.rate_limits, self.config.trust_proxy, &clock);
        self.services.market.clock = clock;
        self
    }

    /// The address it listens on, with the real port even if the settings say port 0.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The market it serves.
    pub fn market(&self) -> &Market {
        &self.services.market
    }

    /// Its settings.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Serves until `stop` ends, then finishes the requests that are running.
    pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> ExitReason {
        lifecycle::run(self, stop).await
    }
}

/// Returns the way in which webhooks are sent: to public addresses by https, in the sandbox also to this machine.
fn webhooks(config: &Config, market: &Market) -> Webhooks {
    let policy = if config.mode == Mode::Sandbox { Policy::sandbox() } else { Policy::production() };
    let policy = policy.allowing_ports(config.webhook_ports.clone()).refusing_own(&market.rules.base_url);
    Webhooks { wires: dialects::WIRES, policy: Arc::new(policy) }
}

/// Returns the name of the payment provider, if there is one.
fn provider_name(config: &Config) -> Option<&'static str> {
    match (&config.stripe, config.mode) {
        (Some(_), _) => Some(stripe::NAME),
        (None, Mode::Sandbox) => Some(market::payment::SANDBOX),
        (None, Mode::Production) => None,
    }
}

/// Returns the payment provider: Stripe with a key, and else test money in the sandbox and nothing in production.
fn payments(config: &Config, market: &Market) -> Result<Payments, Refusal> {
    match (&config.stripe, config.mode) {
        (Some(settings), _) => Ok(Payments::by(Stripe::new(settings)?)),
        (None, Mode::Sandbox) => Ok(Payments::by(Sandbox::new(market.rules.base_url.clone()))),
        (None, Mode::Production) => {
            tracing::warn!("GUILDHALL_STRIPE_KEY is not set: nobody can pay anything in");
            Ok(Payments::off())
        }
    }
}

/// Opens the database without listening; creates and migrates it if needed.
pub async fn open_market(config: &Config, address: SocketAddr) -> Result<Market, Refusal> {
    let folder = &config.data;
    private::folder(folder).map_err(|error| Refusal(format!("GUILDHALL_DATA is {}: {error}", folder.display())))?;
    private::warn_of_open_folder(folder);
    if let Some(path) = config.database.strip_prefix("sqlite://") {
        let path = path.split('?').next().unwrap_or(path);
        private::database(path.as_ref()).map_err(|error| Refusal(format!("GUILDHALL_DATABASE is {path}: {error}")))?;
    }
    opened(config, address, config.secret.bytes()?).await
}

/// Opens an existing database without migrating it; a missing one is an error, so that a mistyped folder is noticed.
pub async fn open_existing(config: &Config, address: SocketAddr) -> Result<Market, Refusal> {
    let (place, setting) = (banner::place(config), if config.names_database { "GUILDHALL_DATABASE" } else { "GUILDHALL_DATA" });
    match schema::standing(&config.database).await.map_err(|error| unopened(&error))? {
        SchemaState::Ours => {}
        SchemaState::Missing => {
            return Err(Refusal(format!("there is no database at {place}: check {setting}; guildhall serve or migrate makes a new one")));
        }
        SchemaState::Other => {
            return Err(Refusal(format!("the tables at {place} are not those of this version: check {setting}, or run guildhall migrate")));
        }
    }
    // The command line signs nothing, so it does not need the server's secret.
    opened(config, address, market::id::secret(48).into_bytes().into()).await
}

async fn opened(config: &Config, address: SocketAddr, secret: Arc<[u8]>) -> Result<Market, Refusal> {
    let base_url = config.base_url.clone().unwrap_or_else(|| format!("http://{address}"));
    let rules = config.rules.rules(config.mode == Mode::Sandbox, base_url, provider_name(config));
    let rules = Rules { policies: config.policies.clone(), ..rules };
    let db = Db::open(&config.database).await.map_err(|error| unopened(&error))?;
    Ok(Market::new(db, Clock::System, Arc::new(rules), secret, &REGISTRY))
}

fn unopened(error: &market::Error) -> Refusal {
    Refusal(format!("GUILDHALL_DATABASE can't be opened: {error} The log says more."))
}
