//! Recent uses of API keys: collected in memory while requests run, written by a worker.

use super::touch;
use crate::Actor;
use crate::actor::Credential;
use kernel::Result;
use kernel::id::KeyId;
use platform::Market;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

/// The most different keys between two flushes; further uses are not recorded.
const NOTED_MAX: usize = 10_000;
/// The number of keys that one transaction writes, because it holds the only writer on SQLite.
const BATCH: usize = 200;

/// The keys that were used since the last flush. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Uses(Arc<Mutex<HashSet<KeyId>>>);

impl Uses {
    /// Records the use of a key; sessions and tokens are not recorded.
    pub fn record(&self, actor: &Actor) {
        let Credential::Key { id, .. } = &actor.credential else { return };
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if noted.len() < NOTED_MAX && !noted.contains(id) {
            noted.insert(id.clone());
        }
    }

    /// Writes the recorded uses. A worker calls this once a minute.
    pub async fn flush(&self, market: &Market) -> Result<()> {
        let noted: Vec<_> = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner)).into_iter().collect();
        for batch in noted.chunks(BATCH) {
            let mut tx = market.begin().await?;
            touch(&mut tx, batch).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
