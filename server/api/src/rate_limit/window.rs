//! One window: a leaky bucket for each key, by `governor`, on the market's clock so that tests can move it.

use governor::clock::Clock as Ticking;
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use market::Duration;
use market::time::Clock;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// The number of requests after which keys with a full bucket are removed.
const SWEEP_EVERY: u32 = 8192;

/// The status of a caller in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct LimitStatus {
    /// The number of requests that the window allows.
    pub limit: u32,
    /// The number of requests that are left.
    pub remaining: u32,
    /// The seconds until the window is full again.
    pub reset: u64,
    /// The seconds until the next request is accepted, if this one was not.
    pub wait: Option<u64>,
}

pub(super) struct Bucket {
    limiter: RateLimiter<String, DashMapStateStore<String>, Ticks, StateInformationMiddleware>,
    ticks: Ticks,
    limit: u32,
    counted: AtomicU32,
}

impl Bucket {
    pub(super) fn new(limit: u32, span: Duration, clock: &Clock) -> Self {
        let ticks = Ticks { clock: clock.clone(), start: Instant::now() };
        let burst = NonZeroU32::new(limit).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::with_period(span.std() / burst.get()).unwrap_or(Quota::per_second(burst)).allow_burst(burst);
        let limiter = RateLimiter::new(quota, DashMapStateStore::default(), ticks.clone());
        Self { limiter, ticks, limit, counted: AtomicU32::new(0) }
    }

    pub(super) fn count(&self, key: String) -> LimitStatus {
        if self.counted.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.limiter.retain_recent();
        }
        let limit = self.limit;
        match self.limiter.check_key(&key) {
            Ok(state) => {
                let remaining = state.remaining_burst_capacity();
                let reset = up(state.quota().replenish_interval() * limit.saturating_sub(remaining));
                LimitStatus { limit, remaining, reset, wait: None }
            }
            Err(until) => {
                let wait = until.wait_time_from(self.ticks.now());
                LimitStatus { limit, remaining: 0, reset: up(until.quota().burst_size_replenished_in()), wait: Some(up(wait).max(1)) }
            }
        }
    }
}

/// Rounds up to whole seconds.
fn up(duration: std::time::Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}

/// The market's clock if a test moves it, else a monotonic one.
#[derive(Clone, Debug)]
struct Ticks {
    clock: Clock,
    start: Instant,
}

impl Ticking for Ticks {
    type Instant = std::time::Duration;

    fn now(&self) -> std::time::Duration {
        match &self.clock {
            Clock::System => self.start.elapsed(),
            manual => std::time::Duration::from_millis(manual.now().ms().unsigned_abs()),
        }
    }
}
