//! What the operator chooses for the API, and what it shares with the program around it.

use crate::limit::RateLimits;
use depot::Depot;
use market::key::Uses;
use market::live::Hub;
use std::time::Duration;
use tokio::sync::watch;

/// Set once, when the router is built.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How strictly the references' limits are kept.
    pub rate_limits: RateLimits,
    /// Whether `X-Forwarded-For` is believed: only behind a proxy that sets it.
    pub trust_forwarded_for: bool,
    /// Turns true when the server is about to stop: health then says so, for load balancers.
    pub draining: Draining,
    /// Where used keys are noted; a worker flushes it now and then.
    pub uses: Uses,
    /// Where streams of events are opened; a worker runs it.
    pub hub: Hub,
    /// How long a stream may be silent.
    pub keepalive: Duration,
    /// Where the bytes of files are. By default there is no such place.
    pub files: Depot,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rate_limits: RateLimits::default(),
            trust_forwarded_for: false,
            draining: Draining::default(),
            uses: Uses::default(),
            hub: Hub::default(),
            keepalive: KEEPALIVE,
            files: Depot::default(),
        }
    }
}

/// As agentgigs' reference prints it.
const KEEPALIVE: Duration = Duration::from_secs(30);

/// Whether the server is about to stop. By default it never is.
#[derive(Clone, Debug, Default)]
pub struct Draining(Option<watch::Receiver<bool>>);

impl Draining {
    /// Whether it started.
    pub(crate) fn started(&self) -> bool {
        self.0.as_ref().is_some_and(|flag| *flag.borrow())
    }
}

impl From<watch::Receiver<bool>> for Draining {
    fn from(flag: watch::Receiver<bool>) -> Self {
        Self(Some(flag))
    }
}
