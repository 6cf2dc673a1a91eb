//! The holders of recently used keys, kept in memory until the next event, because every API request asks for one.
//!
//! Whatever changes what a key may do emits an event in its own transaction: revoking it, suspending its member, changing a role, a
//! team or its agents. So a kept holder is as good as its row while the number of the last event stays the same, which is read with
//! the same moment of the database, whichever process wrote it. On PostgreSQL the statement for that number would cost as much as the
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
    seq: i64,
    holders: HashMap<String, Holder>,
}

impl Holders {
    /// Returns the holders of this moment: those of an earlier one are dropped.
    fn at(&self, seq: i64) -> MutexGuard<'_, Kept> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.seq < seq {
            *kept = Kept { seq, ..Kept::default() };
        }
        kept
    }
}

/// Finds the holder of a key by its fingerprint.
pub(super) async fn holder(conn: &mut Conn, hash: String) -> Result<Option<Holder>> {
    if !conn.sees_one_moment() {
        return store::holder(conn, &hash).await;
    }
    let (seq, kept) = (event::latest(conn).await?, conn.memory.of::<Holders>());
    let known = {
        let kept = kept.at(seq);
        kept.holders.get(&hash).filter(|_| kept.seq == seq).cloned()
    };
    if known.is_some() {
        return Ok(known);
    }
    let found = store::holder(conn, &hash).await?;
    if let Some(holder) = &found {
        let mut kept = kept.at(seq);
        if kept.seq == seq && kept.holders.len() < HOLDERS_MAX {
            kept.holders.insert(hash, holder.clone());
        }
    }
    Ok(found)
}
