//! The places of a queue, and the turns in it.

use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// A queue. Clones share it.
#[derive(Clone, Debug)]
pub struct Queue {
    running: Arc<Semaphore>,
    admitted: Arc<Semaphore>,
}

/// A turn in a queue, held until it is dropped.
#[derive(Debug)]
pub struct Turn {
    _running: OwnedSemaphorePermit,
    _admitted: OwnedSemaphorePermit,
}

impl Queue {
    /// Creates a queue in which so many run and so many wait.
    pub fn new(running_max: usize, waiting_max: usize) -> Self {
        let semaphore = |permits| Arc::new(Semaphore::new(permits));
        Self { running: semaphore(running_max), admitted: semaphore(running_max + waiting_max) }
    }

    /// Waits for a turn; none if too many wait. A caller that disconnects leaves the queue.
    pub async fn turn(&self) -> Option<Turn> {
        let admitted = self.admitted.clone().try_acquire_owned().ok()?;
        let running = self.running.clone().acquire_owned().await.ok()?;
        Some(Turn { _running: running, _admitted: admitted })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Waker};

    #[tokio::test]
    async fn few_run_few_wait_and_the_rest_is_turned_away() {
        let queue = Queue::new(2, 1);
        let (first, _second) = (queue.turn().await.unwrap(), queue.turn().await.unwrap());
        let mut third = pin!(queue.turn());
        assert!(third.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending(), "it waits");
        assert!(queue.turn().await.is_none(), "one too many");
        drop(first);
        assert!(third.await.is_some());
    }
}
