//! The reads and writes of sessions.

use super::store;
use crate::actor::Credential;
use crate::{Actor, membership};
use kernel::id::{MemberId, TeamId};
use kernel::{Result, Time};
use platform::SWEEP_BATCH;
use platform::db::{Conn, Tx};

/// Stores a new session under an unused id. `record` is the session layer's own JSON.
pub async fn create(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    store::insert(tx, id, record, expires_at).await
}

/// Updates a session. A deleted one stays deleted, so that a concurrent page does not undo a sign-out.
pub async fn save(tx: &mut Tx, id: &str, record: &str, expires_at: Time) -> Result<()> {
    store::update(tx, id, record, expires_at).await
}

/// Returns the record of a session, unless it has expired.
pub async fn load(conn: &mut Conn, id: &str) -> Result<Option<String>> {
    store::find(conn, id).await
}

/// Deletes a session; no error if there is none.
pub async fn delete(tx: &mut Tx, id: &str) -> Result<()> {
    store::delete(tx, id).await
}

/// Deletes expired sessions, at most [`SWEEP_BATCH`], and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    store::delete_expired(tx, SWEEP_BATCH).await
}

/// Returns the actor who signed in with this epoch of the password, acting for their own team; none if the password has changed
/// or the member is gone.
pub async fn actor(conn: &mut Conn, member: &MemberId, epoch: i64) -> Result<Option<Actor>> {
    actor_in(conn, member, epoch, None).await
}

/// The member who signed in when their password was in this epoch, acting for the team that the session chose. Where they are
/// not, or no longer, in it, they act for their own.
pub async fn actor_in(conn: &mut Conn, member: &MemberId, epoch: i64, team: Option<&TeamId>) -> Result<Option<Actor>> {
    let standing = membership::store::signed_in(conn, member, epoch, team).await?;
    Ok(standing.map(|standing| standing.actor(Credential::Session)))
}
