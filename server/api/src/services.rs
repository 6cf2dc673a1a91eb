//! The parts of the program that the API is wired to. Every one is handed in: none has a default that does nothing.

use crate::rate_limit::RateLimiter;
use market::Market;
use market::endpoint::Webhooks;
use market::key::Uses;
use market::live::Hub;
use market::payment::Payments;
use std::time::Duration;
use storage::{BodyBudget, FileStore};
use tokio::sync::watch;

/// The running services that requests, pages and workers share. Cheap to clone; clones share everything.
#[derive(Clone)]
pub struct Services {
    /// The market, whose acts the routes call.
    pub market: Market,
    /// The memory for the bodies of requests.
    pub bodies: BodyBudget,
    /// The store of file bytes.
    pub files: FileStore,
    /// The payment provider.
    pub payments: Payments,
    /// The way in which webhooks are sent.
    pub webhooks: Webhooks,
    /// The broker of event streams; a worker runs it.
    pub hub: Hub,
    /// The record of used keys; a worker flushes it.
    pub uses: Uses,
    /// The counters of requests and open streams.
    pub limiter: RateLimiter,
    /// True once the server began to stop: health then says so, for load balancers.
    pub draining: watch::Receiver<bool>,
    /// The longest silence of an event stream.
    pub keepalive: Duration,
}

/// The keepalive interval that agentgigs' reference prints.
pub const KEEPALIVE: Duration = Duration::from_secs(30);
