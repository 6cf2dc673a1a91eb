//! The schedule of attempts, and what follows from one. Pure: the jitter is an argument.

use super::{Lease, Outcome};
use crate::endpoint::DisabledReason;
use kernel::{Duration, Time};
use std::hash::{DefaultHasher, Hash, Hasher};

/// The waits after each failure but the last.
const WAITS: [Duration; 9] = [
    Duration::seconds(5),
    Duration::minutes(5),
    Duration::minutes(30),
    Duration::hours(2),
    Duration::hours(5),
    Duration::hours(10),
    Duration::hours(14),
    Duration::hours(20),
    Duration::hours(24),
];
/// The most attempts of a delivery; then it is given up.
pub const TRIES_MAX: i64 = WAITS.len() as i64 + 1;
/// The longest uninterrupted failure of an endpoint; then it is disabled.
pub const FAILING_MAX: Duration = Duration::days(5);
/// The longest wait that an endpoint can ask for.
pub const RETRY_AFTER_MAX: Duration = Duration::hours(24);
/// The most by which a wait is longer or shorter, in thousandths of it.
const JITTER_MAX: i64 = 200;
/// The status of an endpoint that is gone for good.
const GONE: u16 = 410;

/// The deviation of a wait, so that what failed together does not come again together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Jitter(i64);

impl Jitter {
    /// No deviation.
    pub const NONE: Self = Self(0);

    /// Creates a deviation in thousandths, within a fifth.
    pub fn new(thousandths: i64) -> Self {
        Self(thousandths.clamp(-JITTER_MAX, JITTER_MAX))
    }

    /// Draws the deviation of an attempt: a hash of its lease, which is like no other.
    pub(super) fn of(lease: &Lease) -> Self {
        let mut hasher = DefaultHasher::new();
        (lease.key, lease.until.ms(), lease.tries).hash(&mut hasher);
        let drawn = hasher.finish() % (2 * JITTER_MAX.unsigned_abs() + 1);
        Self(i64::try_from(drawn).unwrap_or_default() - JITTER_MAX)
    }

    fn of_wait(self, wait: Duration) -> Duration {
        Duration::ms(wait.as_ms() + wait.as_ms() / 1_000 * self.0)
    }
}

/// The step after an attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The endpoint took it.
    Delivered,
    /// It is tried again at this time.
    Again(Time),
    /// It is given up.
    GaveUp,
    /// It is given up, and its endpoint is disabled.
    Disable(DisabledReason),
}

/// Returns the step after the attempt number `tries`, counted from 1, at an endpoint that has been failing since a time, if it has.
pub fn after(tries: i64, failing_since: Option<Time>, outcome: &Outcome, now: Time, jitter: Jitter) -> Next {
    if outcome.is_success() {
        return Next::Delivered;
    }
    if outcome.status() == Some(GONE) {
        return Next::Disable(DisabledReason::Gone);
    }
    if failing_since.is_some_and(|since| now.since(since) >= FAILING_MAX) {
        return Next::Disable(DisabledReason::Failing);
    }
    match usize::try_from(tries - 1).ok().and_then(|nth| WAITS.get(nth)) {
        Some(wait) => Next::Again(now.after(jitter.of_wait(*wait).max(asked(outcome)))),
        None => Next::GaveUp,
    }
}

/// Returns the time of the next probe of an endpoint that failed so often in a row.
pub(super) fn next_probe(failures: i64, outcome: &Outcome, now: Time, jitter: Jitter) -> Time {
    let nth = usize::try_from(failures - 1).unwrap_or_default().min(WAITS.len() - 1);
    now.after(jitter.of_wait(WAITS[nth]).max(asked(outcome)))
}

/// The wait that the endpoint asked for.
fn asked(outcome: &Outcome) -> Duration {
    match outcome {
        Outcome::Answered { retry_after: Some(wait), .. } => (*wait).min(RETRY_AFTER_MAX),
        _ => Duration::ZERO,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Time = Time::from_ms(1_790_000_000_000);

    fn answered(status: u16) -> Outcome {
        Outcome::Answered { status, retry_after: None, answer: String::new() }
    }

    fn asking(status: u16, wait: Duration) -> Outcome {
        Outcome::Answered { status, retry_after: Some(wait), answer: String::new() }
    }

    #[test]
    fn each_failure_waits_longer_and_the_tenth_is_the_last() {
        let waits = ["5s", "5m", "30m", "2h", "5h", "10h", "14h", "20h", "24h"];
        let failed = Outcome::Failed("the connection was refused".into());
        for (nth, (wait, text)) in WAITS.into_iter().zip(waits).enumerate() {
            let tries = nth as i64 + 1;
            for outcome in [&failed, &answered(500), &answered(302), &answered(404), &answered(429)] {
                assert_eq!(after(tries, None, outcome, NOW, Jitter::NONE), Next::Again(NOW.after(wait)), "{text} after {tries}");
            }
        }
        assert_eq!(after(TRIES_MAX, None, &failed, NOW, Jitter::NONE), Next::GaveUp);
        assert_eq!(TRIES_MAX, 10);
    }

    #[test]
    fn every_2xx_is_a_success_and_410_the_end() {
        for status in [200, 201, 202, 204, 299] {
            assert_eq!(after(3, Some(NOW.before(Duration::days(9))), &answered(status), NOW, Jitter::NONE), Next::Delivered);
        }
        for status in [100, 199, 300, 301, 307, 400, 500] {
            assert!(matches!(after(1, None, &answered(status), NOW, Jitter::NONE), Next::Again(_)), "{status}");
        }
        assert_eq!(after(1, None, &answered(410), NOW, Jitter::NONE), Next::Disable(DisabledReason::Gone));
    }

    #[test]
    fn five_days_of_failure_are_enough() {
        let since = |span: Duration| Some(NOW.before(span));
        let almost = Duration::ms(FAILING_MAX.as_ms() - 1);
        assert_eq!(after(2, since(FAILING_MAX), &answered(500), NOW, Jitter::NONE), Next::Disable(DisabledReason::Failing));
        assert!(matches!(after(2, since(almost), &answered(500), NOW, Jitter::NONE), Next::Again(_)));
    }

    #[test]
    fn an_endpoint_may_ask_for_more_time_but_not_for_less() {
        let again = |tries, wait| after(tries, None, &asking(429, wait), NOW, Jitter::NONE);
        assert_eq!(again(1, Duration::minutes(2)), Next::Again(NOW.after(Duration::minutes(2))));
        assert_eq!(again(1, Duration::days(400)), Next::Again(NOW.after(RETRY_AFTER_MAX)));
        assert_eq!(again(2, Duration::ZERO), Next::Again(NOW.after(Duration::minutes(5))));
    }

    #[test]
    fn a_wait_deviates_by_a_fifth_at_most() {
        let again = |jitter| after(4, None, &answered(500), NOW, jitter);
        assert_eq!(again(Jitter::new(-9_999)), Next::Again(NOW.after(Duration::minutes(96))));
        assert_eq!(again(Jitter::new(9_999)), Next::Again(NOW.after(Duration::minutes(144))));
        let drawn: Vec<_> = (0..200).map(|key| Jitter::of(&Lease { key, endpoint_key: 1, until: NOW, tries: 1 }).0).collect();
        assert!(drawn.iter().all(|jitter| jitter.abs() <= JITTER_MAX));
        assert!(drawn.iter().any(|jitter| *jitter < -100) && drawn.iter().any(|jitter| *jitter > 100), "{drawn:?}");
    }

    #[test]
    fn probes_slow_down_and_go_on() {
        let probe = |failures| next_probe(failures, &answered(500), NOW, Jitter::NONE);
        assert_eq!((probe(1), probe(2)), (NOW.after(Duration::seconds(5)), NOW.after(Duration::minutes(5))));
        assert_eq!((probe(9), probe(99)), (NOW.after(Duration::hours(24)), NOW.after(Duration::hours(24))));
    }
}
