//! Keeping sessions, and reading who is signed in.

use super::store;
use crate::db::{Conn, Tx};
use crate::id::MemberId;
use crate::{Actor, Result, SWEEP_BATCH, Time};

/// Keeps a new session under an id that nobody has. `record` is the session layer's own JSON.
pub async fn create(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    store::insert(tx, id, record, expires_at).await
}

/// Keeps what a session has become. One that was forgotten meanwhile stays so: a page in flight undoes no signing out.
pub async fn save(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    store::update(tx, id, record, expires_at).await
}

/// What was kept under this id, unless it has expired.
pub async fn load(conn: &mut Conn, id: &str) -> Result<Option<String>> {
    store::find(conn, id).await
}

/// Forgets a session; fine if there is none.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    store::delete(tx, id).await
}

/// Forgets expired sessions, [`SWEEP_BATCH`] at a time; returns how many. A worker's chore.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    store::delete_expired(tx, SWEEP_BATCH).await
}

/// The member who signed in when their password was in this epoch; none if it has changed since, or they are gone.
pub async fn actor(conn: &mut Conn, member: &MemberId, epoch: i64) -> Result<Option<Actor>> {
    Ok(store::standing(conn, member, epoch).await?.map(Actor::from))
}
