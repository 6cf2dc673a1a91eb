//! The health of an endpoint through attempts: pure.

use super::schedule::{Jitter, Next, next_probe};
use super::{Attempted, Lease};
use crate::endpoint::{DisabledReason, Status};
use kernel::Time;
use serde::Deserialize;

/// The health of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub(crate) struct Health {
    pub(crate) status: Status,
    pub(crate) failing_since: Option<Time>,
    /// The number of failures in a row, of the first one and of probes.
    pub(crate) failures: i64,
    pub(crate) probed_key: Option<i64>,
    pub(crate) due_at: Option<Time>,
    pub(crate) disabled_reason: Option<DisabledReason>,
}

impl Health {
    /// Returns true if the endpoint's deliveries are to be looked at.
    pub(super) fn is_due(&self, now: Time) -> bool {
        self.status == Status::Active && self.disabled_reason.is_none() && self.due_at.is_some_and(|due| due <= now)
    }

    /// Takes the outcome of an attempt into account.
    ///
    /// Of several attempts that were in flight when the endpoint began to fail, the first counts: the schedule of probes would skip
    /// its short waits otherwise.
    pub(super) fn count(&mut self, attempted: &Attempted, next: Next, now: Time, jitter: Jitter) {
        match next {
            Next::Delivered => (self.failing_since, self.failures, self.due_at) = (None, 0, Some(now)),
            Next::Disable(reason) => self.disabled_reason = Some(reason),
            Next::Again(_) | Next::GaveUp if self.is_first_or_probe(&attempted.lease) => {
                self.failing_since = self.failing_since.or(Some(now));
                // The next probe is another delivery, if one waits: this one may be the only one that fails.
                self.probed_key = Some(attempted.lease.key);
                self.failures += 1;
                self.due_at = Some(next_probe(self.failures, &attempted.outcome, now, jitter));
            }
            Next::Again(_) | Next::GaveUp => {}
        }
    }

    fn is_first_or_probe(&self, lease: &Lease) -> bool {
        self.failing_since.is_none() || self.probed_key == Some(lease.key)
    }

    /// Returns the reason for which an attempt disabled the endpoint, if one did.
    pub(super) fn disabled(&self, before: &Health) -> Option<DisabledReason> {
        self.disabled_reason.filter(|_| before.disabled_reason.is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::Outcome;
    use kernel::Duration;

    const NOW: Time = Time::from_ms(1_790_000_000_000);

    fn attempted(key: i64) -> Attempted {
        let lease = Lease { key, endpoint_key: 1, until: NOW, tries: 1 };
        Attempted { lease, at: NOW, latency_ms: 1, outcome: Outcome::Failed("it is down".into()) }
    }

    fn healthy() -> Health {
        Health { status: Status::Active, failing_since: None, failures: 0, probed_key: None, due_at: Some(NOW), disabled_reason: None }
    }

    #[test]
    fn what_failed_together_counts_once() {
        let mut health = healthy();
        for key in 1..=4 {
            health.count(&attempted(key), Next::Again(NOW), NOW, Jitter::NONE);
        }
        assert_eq!((health.failures, health.failing_since), (1, Some(NOW)));
        assert_eq!(health.probed_key, Some(1));
        assert_eq!(health.due_at, Some(NOW.after(Duration::seconds(5))));
        health.probed_key = Some(2);
        let later = NOW.after(Duration::seconds(5));
        health.count(&attempted(2), Next::Again(later), later, Jitter::NONE);
        assert_eq!((health.failures, health.due_at), (2, Some(later.after(Duration::minutes(5)))));
        health.count(&attempted(9), Next::Delivered, later, Jitter::NONE);
        assert_eq!(health, Health { due_at: Some(later), probed_key: Some(2), ..healthy() });
    }
}
