//! The holders of recently used keys, kept in memory because every API request asks for one.
//!
//! Whatever changes what a key may do emits an event in its own transaction, about a key, a member, a role, a team or an agent. So a
//! kept holder is as good as its row while the number of the last event of that kind stays the same, which is read before the holder,
//! whichever process wrote it. On PostgreSQL a holder is kept until the next event of any kind, because no number of that kind alone is
//! there, and kept ones are not used while an event of a committed act has no number yet.

use super::store::{self, Holder};
use kernel::Result;
use platform::db::Conn;
use platform::event;
use platform::memory::UntilNextEvent;

/// The most keys whose holders are kept in memory.
const HOLDERS_MAX: usize = 10_000;

/// The kept holders of a process, by the fingerprints of their keys.
struct Holders(UntilNextEvent<String, Holder>);

impl Default for Holders {
    fn default() -> Self {
        Self(UntilNextEvent::new(HOLDERS_MAX))
    }
}

/// Finds the holder of a key by its fingerprint.
pub(super) async fn holder(conn: &mut Conn, hash: String) -> Result<Option<Holder>> {
    if !conn.is_reader() {
        return store::holder(conn, &hash).await;
    }
    let event::Latest { seq, not_of_job } = match conn.sees_one_moment() {
        true => event::latest_of_both(conn).await?,
        false => match event::latest_of_all(conn).await? {
            Some(seq) => event::Latest { seq, not_of_job: seq },
            // One of those without a number may be the end of this key.
            None => return store::holder(conn, &hash).await,
        },
    };
    let holders = conn.memory.of::<Holders>();
    if let Some(mut holder) = holders.0.find(not_of_job, &hash) {
        holder.seq = seq;
        return Ok(Some(holder));
    }
    let found = store::holder(conn, &hash).await?;
    if let Some(holder) = &found {
        holders.0.keep(not_of_job, hash, holder.clone(), 1);
    }
    Ok(found)
}
