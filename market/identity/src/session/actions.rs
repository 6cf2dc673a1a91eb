//! The reads and writes of sessions.

use super::{SignedIn, store};
use crate::actor::Credential;
use crate::member::events::SessionsEnded;
use crate::{Actor, member, membership};
use kernel::id::{MemberId, TeamId};
use kernel::{Error, Result, Time};
use platform::db::{Conn, Tx};
use platform::{SWEEP_BATCH, event};

/// The most sessions of a list.
const LISTED_MAX: i64 = 100;

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

/// Records the member who is signed in by a session.
pub async fn assign(tx: &mut Tx, id: &str, member: &MemberId) -> Result<()> {
    store::assign(tx, id, member).await
}

/// Lists the browsers in which the actor is signed in, the newest hundred. It needs a login, not a key.
pub async fn mine(conn: &mut Conn, actor: &Actor) -> Result<Vec<SignedIn>> {
    actor.must_be_in_person()?;
    store::of_member(conn, &actor.member, LISTED_MAX).await
}

/// Signs one of the actor's browsers out.
pub async fn end(tx: &mut Tx, actor: &Actor, id: &str) -> Result<()> {
    actor.must_be_in_person()?;
    if !store::delete_of(tx, &actor.member, id).await? {
        return Err(Error::not_found("session"));
    }
    ended(tx, actor).await
}

/// Signs the actor out in every browser but the one with the session `id`, and returns their number.
pub async fn end_others(tx: &mut Tx, actor: &Actor, id: &str) -> Result<u64> {
    actor.must_be_in_person()?;
    let count = store::delete_all_but(tx, &actor.member, id).await?;
    ended(tx, actor).await?;
    Ok(count)
}

/// Ends every session of a member, after the password was changed.
pub(crate) async fn end_all(tx: &mut Tx, member: &MemberId) -> Result<()> {
    store::delete_all_but(tx, member, "").await.map(drop)
}

/// Has open streams check their sessions.
async fn ended(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let member = member::show(tx, actor).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &SessionsEnded {});
    Ok(())
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
