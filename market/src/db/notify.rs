//! Word that something was told: of this process at once, of others where PostgreSQL carries it.
//!
//! Word can be lost, with a connection for example: whoever listens looks for itself now and then.

use super::{Conn, Db, Engine, Pool};
use crate::Result;
use tokio::task::JoinHandle;

/// Other processes are heard for as long as this is held.
pub struct Listening(Option<JoinHandle<()>>);

impl Drop for Listening {
    fn drop(&mut self) {
        if let Some(task) = &self.0 {
            task.abort();
        }
    }
}

impl Db {
    /// Begins to hear other processes. An embedded database has only short-lived ones, and none that says anything.
    pub async fn listen(&self) -> Result<Listening> {
        let Pool::Postgres(pool) = &self.pool else { return Ok(Listening(None)) };
        let (listener, told) = (pool.listen().await?, self.told.clone());
        Ok(Listening(Some(tokio::spawn(listener.forward(told)))))
    }

    /// Ends when something was told since the last time this ended. For one reader a process.
    pub async fn something_told(&self) {
        self.told.notified().await;
    }
}

/// Has the commit tell other processes.
pub(super) async fn tell(conn: &mut Conn) -> Result<()> {
    match &mut conn.engine {
        Engine::Sqlite(_) => Ok(()),
        Engine::Postgres(handle) => Ok(handle.tell().await?),
    }
}
