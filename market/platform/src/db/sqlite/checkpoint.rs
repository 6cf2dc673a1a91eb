//! Copying the log back into the database file, on a thread and a connection of its own, so that acts don't wait for it.
//!
//! A log that is copied while acts go on is never copied to its end, and only then does it begin anew. So the thread copies most of
//! it, and the writer copies the short rest between two commits.

use rusqlite::Connection;
use rusqlite::hooks::Wal;
use std::cell::Cell;
use std::ffi::c_int;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

/// The number of pages in the log from which it is copied back.
const PAGES: c_int = 8_000;

/// Nothing is copied.
const IDLE: u8 = 0;
/// The thread is at it.
const COPYING: u8 = 1;
/// The writer has to copy the rest.
const REST: u8 = 2;

thread_local! {
    /// The pages in the log after this thread's last commit: SQLite tells them to a function that knows no more than its thread.
    static LOGGED: Cell<c_int> = const { Cell::new(0) };
}

/// Has SQLite tell the length of the log after each commit, instead of copying it back itself.
pub(super) fn watch(writer: &Connection) {
    fn note(_: &Wal, pages: c_int) -> rusqlite::Result<()> {
        LOGGED.set(pages);
        Ok(())
    }
    writer.wal_hook(Some(note));
}

/// The copying of one database's log.
#[derive(Clone)]
pub(super) struct Checkpoints {
    path: Arc<str>,
    state: Arc<AtomicU8>,
}

impl Checkpoints {
    pub(super) fn new(path: &str) -> Self {
        Self { path: path.into(), state: Arc::new(AtomicU8::new(IDLE)) }
    }

    /// Copies the log if it is long, after a commit on this thread.
    pub(super) fn after_commit(&self, writer: &Connection) {
        let swap = |from, to| self.state.compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok();
        if swap(REST, IDLE) {
            copy(writer);
        } else if LOGGED.get() >= PAGES && swap(IDLE, COPYING) {
            let (path, state) = (self.path.clone(), self.state.clone());
            tokio::task::spawn_blocking(move || {
                match super::connect(&path) {
                    Ok(conn) => copy(&conn),
                    Err(error) => tracing::error!(error = %error.0.message, "the log could not be opened to copy it back"),
                }
                state.store(REST, Ordering::Release);
            });
        }
    }
}

/// Copies what no reader needs any more, without waiting for anybody. A failure leaves the log as it is, and the next one tries again.
fn copy(conn: &Connection) {
    if let Err(error) = conn.query_row("pragma wal_checkpoint(passive)", [], |_| Ok(())) {
        tracing::warn!(%error, "the log could not be copied back");
    }
}
