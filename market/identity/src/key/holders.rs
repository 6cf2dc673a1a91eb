//! The holders of recently used keys, kept in memory until the next event that is not about a job, because every API request asks for
//! one.
//!
//! Whatever changes what a key may do emits an event in its own transaction, about a key, a member, a role, a team or an agent. So a
//! kept holder is as good as its row while the number of the last event of that kind stays the same, which is read with the same moment
//! of the database, whichever process wrote it. On PostgreSQL the statement for that number would cost as much as the
//! one for the holder.

use super::store::{self, Holder};
use kernel::Result;
use platform::db::Conn;
use platform::event;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The most keys whose holders are kept in memory.
const HOLDERS_MAX: usize = 10_000;

/// The kept holders of a process, by the fingerprints of their keys.
#[derive(Default)]
struct Holders(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    not_of_job: i64,
    holders: HashMap<String, Holder>,
}

impl Holders {
    /// Returns the holders of this moment: those of an earlier one are dropped.
    fn at(&self, not_of_job: i64) -> MutexGuard<'_, Kept> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.not_of_job < not_of_job {
            *kept = Kept { not_of_job, ..Kept::default() };
        }
        kept
    }
}

/// Finds the holder of a key by its fingerprint.
pub(super) async fn holder(conn: &mut Conn, hash: String) -> Result<Option<Holder>> {
    if !conn.sees_one_moment() {
        return store::holder(conn, &hash).await;
    }
    let (event::Latest { seq, not_of_job }, kept) = (event::latest_of_both(conn).await?, conn.memory.of::<Holders>());
    let known = {
        let kept = kept.at(not_of_job);
        kept.holders.get(&hash).filter(|_| kept.not_of_job == not_of_job).cloned()
    };
    if let Some(mut holder) = known {
        holder.seq = seq;
        return Ok(Some(holder));
    }
    let found = store::holder(conn, &hash).await?;
    if let Some(holder) = &found {
        let mut kept = kept.at(not_of_job);
        if kept.not_of_job == not_of_job && kept.holders.len() < HOLDERS_MAX {
            kept.holders.insert(hash, holder.clone());
        }
    }
    Ok(found)
}
