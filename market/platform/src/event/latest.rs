//! The number of the last event, which almost every request asks for.
//!
//! On PostgreSQL a request would spend a round trip on it, so one statement answers all requests that came before it began.

use super::store;
use crate::db::Conn;
use crate::memory::AsyncMutex;
use kernel::Result;
use std::sync::atomic::{AtomicU64, Ordering};

/// Returns the number of the last event. While it stays the same, nothing readable has changed.
pub async fn latest(conn: &mut Conn) -> Result<i64> {
    // A reader of SQLite pays no round trip, and a writer may see more than others do.
    if !conn.is_reader() || conn.sees_one_moment() {
        return store::latest(conn).await;
    }
    let reads = conn.memory.of::<SharedReads>();
    reads.read(|| store::latest(conn)).await
}

/// The statements for the last number, one at a time.
#[derive(Default)]
struct SharedReads {
    /// How many have begun.
    begun: AtomicU64,
    last: AsyncMutex<Last>,
}

/// The result of the last statement, and how many had begun with it.
#[derive(Default)]
struct Last {
    begun: u64,
    seq: i64,
}

impl SharedReads {
    /// Returns the result of a statement that began after this call: another's, or its own.
    async fn read<F: Future<Output = Result<i64>>>(&self, statement: impl FnOnce() -> F) -> Result<i64> {
        let before = self.begun.load(Ordering::SeqCst);
        let mut last = self.last.lock().await;
        if last.begun > before {
            return Ok(last.seq);
        }
        let begun = self.begun.fetch_add(1, Ordering::SeqCst) + 1;
        let seq = statement().await?;
        *last = Last { begun, seq };
        Ok(seq)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::sync::atomic::AtomicI64;
    use tokio::sync::Semaphore;

    #[tokio::test]
    async fn waiting_reads_share_the_next_statement() {
        let (reads, asked) = (Arc::new(SharedReads::default()), Arc::new(AtomicI64::new(0)));
        let answers = Arc::new(Semaphore::new(0));
        let read = || {
            let (reads, asked, answers) = (reads.clone(), asked.clone(), answers.clone());
            tokio::spawn(async move {
                let statement = async || {
                    let nth = asked.fetch_add(1, Ordering::SeqCst) + 1;
                    answers.acquire().await.expect("is open").forget();
                    Ok(nth)
                };
                reads.read(statement).await.expect("reads")
            })
        };
        let first = read();
        while asked.load(Ordering::SeqCst) == 0 {
            tokio::task::yield_now().await;
        }
        // They came after the first statement began, so its answer may be too old for them.
        let others: Vec<_> = (0..10).map(|_| read()).collect();
        tokio::task::yield_now().await;
        answers.add_permits(2);
        assert_eq!(first.await.expect("ends"), 1);
        for other in others {
            assert_eq!(other.await.expect("ends"), 2);
        }
        assert_eq!(asked.load(Ordering::SeqCst), 2, "ten of them shared one statement");
    }
}
