//! The number of the last event, which almost every request asks for.
//!
//! On PostgreSQL a request would spend a round trip on it, so one statement answers all requests that came before it began.

use super::store::{self, Numbering};
use crate::db::Conn;
use crate::memory::AsyncMutex;
use kernel::Result;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::time::timeout;

/// The longest wait for another request's statement: a connection that died in silence holds up one request, not all of them.
const SHARED_WITHIN: Duration = Duration::from_secs(1);

/// Returns the number of the last event. While it stays the same, no act that was answered has changed anything readable.
pub async fn latest(conn: &mut Conn) -> Result<i64> {
    Ok(numbering(conn).await?.seq)
}

/// Returns the number of the last event, unless events of committed acts still wait for their numbers. While it stays the same, nothing
/// readable has changed at all.
pub async fn latest_of_all(conn: &mut Conn) -> Result<Option<i64>> {
    let Numbering { seq, waiting } = numbering(conn).await?;
    Ok((waiting == 0).then_some(seq))
}

async fn numbering(conn: &mut Conn) -> Result<Numbering> {
    // A reader of SQLite pays no round trip, and a writer may see more than others do.
    if !conn.is_reader() || conn.sees_one_moment() {
        return store::numbering(conn).await;
    }
    let reads = conn.memory.of::<SharedReads>();
    reads.read(async || store::numbering(conn).await).await
}

/// The statements for the last number, one at a time.
#[derive(Default)]
struct SharedReads {
    /// The number of statements that have begun.
    begun: AtomicU64,
    last: AsyncMutex<Last>,
}

/// The result of the last statement, and the number of statements that had begun with it.
#[derive(Default)]
struct Last {
    begun: u64,
    found: Numbering,
}

impl SharedReads {
    /// Returns the result of a statement that began after this call: another's, or its own.
    async fn read(&self, statement: impl AsyncFnOnce() -> Result<Numbering>) -> Result<Numbering> {
        let before = self.begun.load(Ordering::SeqCst);
        let Ok(mut last) = timeout(SHARED_WITHIN, self.last.lock()).await else { return statement().await };
        if last.begun > before {
            return Ok(last.found);
        }
        let begun = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let found = statement().await?;
        *last = Last { begun, found };
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Error;
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;
    use tokio::sync::Semaphore;
    use tokio::task::{JoinHandle, yield_now};

    /// Reads whose statements wait for a permit each. The nth statement finds n.
    #[derive(Clone)]
    struct Fixture {
        reads: Arc<SharedReads>,
        asked: Arc<AtomicI64>,
        permits: Arc<Semaphore>,
    }

    impl Fixture {
        fn new() -> Self {
            Self { reads: Arc::default(), asked: Arc::default(), permits: Arc::new(Semaphore::new(0)) }
        }

        fn read(&self, fails: bool) -> JoinHandle<Result<i64>> {
            let Fixture { reads, asked, permits } = self.clone();
            tokio::spawn(async move {
                let statement = async || {
                    let seq = asked.fetch_add(1, Ordering::SeqCst) + 1;
                    permits.acquire().await.expect("is open").forget();
                    if fails { Err(Error::internal()) } else { Ok(Numbering { seq, waiting: 0 }) }
                };
                reads.read(statement).await.map(|found| found.seq)
            })
        }

        /// Begins a read whose statement is under way when this returns.
        async fn begun(&self, fails: bool) -> JoinHandle<Result<i64>> {
            let before = self.asked.load(Ordering::SeqCst);
            let read = self.read(fails);
            while self.asked.load(Ordering::SeqCst) == before {
                yield_now().await;
            }
            read
        }

        /// Begins ten reads that wait behind the one that is under way.
        async fn ten(&self) -> Vec<JoinHandle<Result<i64>>> {
            let reads = (0..10).map(|_| self.read(false)).collect();
            yield_now().await;
            reads
        }

        /// Lets all statements end.
        async fn found(&self, reads: Vec<JoinHandle<Result<i64>>>) -> Vec<i64> {
            self.permits.add_permits(20);
            let mut found = Vec::new();
            for read in reads {
                found.push(read.await.expect("ends").expect("reads"));
            }
            found
        }
    }

    #[tokio::test]
    async fn waiting_reads_share_the_next_statement() {
        let fixture = Fixture::new();
        let first = fixture.begun(false).await;
        // They come after the first statement began, so its answer may be too old for them.
        let ten = fixture.ten().await;
        assert_eq!(fixture.found(ten).await, [2; 10]);
        assert_eq!(first.await.expect("ends").expect("reads"), 1);
        assert_eq!(fixture.read(false).await.expect("ends").expect("reads"), 3, "one that comes later shares nothing");
    }

    #[tokio::test]
    async fn a_statement_that_fails_or_is_dropped_answers_nobody_else() {
        let fixture = Fixture::new();
        let failing = fixture.begun(true).await;
        let ten = fixture.ten().await;
        assert_eq!(fixture.found(ten).await, [2; 10]);
        assert!(failing.await.expect("ends").is_err());
        let fixture = Fixture::new();
        let dropped = fixture.begun(false).await;
        let ten = fixture.ten().await;
        dropped.abort();
        assert_eq!(fixture.found(ten).await, [2; 10]);
    }

    #[tokio::test]
    async fn a_statement_without_an_end_holds_up_no_other() {
        let fixture = Fixture::new();
        let stuck = fixture.begun(false).await;
        let other = fixture.begun(false).await;
        stuck.abort();
        fixture.permits.add_permits(1);
        assert_eq!(other.await.expect("ends").expect("reads"), 2);
    }
}
