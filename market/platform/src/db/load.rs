//! The load of the only writer of SQLite, by how long acts wait for it; so that work that can wait lets them go first.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The weight of the waits before the last one, of one more part.
const BEFORE: u64 = 3;
/// The wait up to which nothing rests: a commit takes as long.
const SHORT: Duration = Duration::from_millis(3);
/// The times a usual wait for which work that can wait rests.
const RESTS: u32 = 20;
/// The longest rest.
const REST_MAX: Duration = Duration::from_secs(1);

/// The usual wait until an act may write, in microseconds. The last waits count most.
#[derive(Debug, Default)]
pub(super) struct Load(AtomicU64);

impl Load {
    /// Waits for the writer, and counts how long that took.
    pub(super) async fn counted<T>(&self, writer: impl Future<Output = T>) -> T {
        let asked = Instant::now();
        let writer = writer.await;
        self.waited(asked.elapsed());
        writer
    }

    /// Counts the wait of an act. Of two at the same moment one may be lost, which does no harm.
    fn waited(&self, waited: Duration) {
        let last = u64::try_from(waited.as_micros()).unwrap_or(u64::MAX / (BEFORE + 1));
        let usual = self.0.load(Ordering::Relaxed);
        self.0.store((usual * BEFORE + last) / (BEFORE + 1), Ordering::Relaxed);
    }

    /// Rests, unless acts hardly wait.
    pub(super) async fn give_way(&self) {
        let rest = self.rest();
        if !rest.is_zero() {
            tokio::time::sleep(rest).await;
        }
    }

    /// Returns the time for which work that can wait leaves the database to acts; zero if they hardly wait.
    fn rest(&self) -> Duration {
        let usual = Duration::from_micros(self.0.load(Ordering::Relaxed));
        if usual <= SHORT { Duration::ZERO } else { (usual * RESTS).min(REST_MAX) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rest(load: &Load, waits: &[u64]) -> Duration {
        waits.iter().for_each(|&ms| load.waited(Duration::from_millis(ms)));
        load.rest()
    }

    #[test]
    fn it_rests_while_acts_wait_and_not_for_long_afterwards() {
        let load = Load::default();
        assert_eq!(load.rest(), Duration::ZERO);
        assert_eq!(rest(&load, &[10]), Duration::ZERO, "one long wait is no load");
        assert_eq!(rest(&load, &[10; 20]).as_millis(), 199);
        assert_eq!(rest(&load, &[500; 20]), REST_MAX);
        assert_eq!(rest(&load, &[0; 20]), Duration::ZERO);
    }
}
