//! Notifications of new events: in this process at once, from other processes through PostgreSQL.
//!
//! A notification can be lost, with a connection for example, so readers also poll.

use super::{Db, Pool};
use kernel::Result;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// Receives notifications of other processes until it is dropped.
pub struct Listening(Option<JoinHandle<()>>);

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

impl Db {
    /// Starts receiving notifications of other processes. A SQLite database has no other process that emits events.
    pub async fn listen(&self) -> Result<Listening> {
        let Pool::Postgres(pool) = &self.pool else { return Ok(Listening(None)) };
        let (listener, told) = (pool.listen().await?, self.told.clone());
        Ok(Listening(Some(tokio::spawn(listener.forward(told)))))
    }

    /// Returns a receiver that changes whenever events were emitted.
    pub fn event_writes(&self) -> watch::Receiver<()> {
        self.told.subscribe()
    }
}
