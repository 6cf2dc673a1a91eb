//! Waiting for what another task or process is about to do. No test waits for a fixed time: it would be slow on a fast
//! machine and wrong on a slow one.

use crate::TestApp;
use std::time::{Duration, Instant};

mod store;

/// The longest that any condition takes to come true.
const PATIENCE: Duration = Duration::from_secs(30);
/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(10);

/// Asks again and again until there is an answer.
///
/// # Panics
/// Panics if there is none for 30 seconds; the message contains `what`.
pub async fn found<T>(what: &str, ask: impl AsyncFn() -> Option<T>) -> T {
    let began = Instant::now();
    loop {
        if let Some(answer) = ask().await {
            return answer;
        }
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        tokio::time::sleep(PAUSE).await;
    }
}

/// Waits until a condition holds.
pub async fn eventually(what: &str, holds: impl AsyncFn() -> bool) {
    found(what, async || holds().await.then_some(())).await;
}

/// Waits until a condition holds, in a test that has no runtime.
pub fn eventually_blocking(what: &str, holds: impl Fn() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < PATIENCE, "never: {what}");
        std::thread::sleep(PAUSE);
    }
}

impl TestApp {
    /// Waits until some transaction waits for another's lock. On SQLite there is nothing to see: one that writes keeps the
    /// others from beginning at all.
    pub async fn until_blocked(&self) {
        if self.database.folder().is_some() {
            return;
        }
        eventually("a transaction waits for a lock", async || self.count(store::blocked()).await > 0).await;
    }
}
