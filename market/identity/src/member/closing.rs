//! Closing an account before its deletion, and opening it again. A closed account is suspended by its own member: nobody signs in, keys
//! are refused, and nobody chooses its team.

use super::{Member, errors, events, store};
use crate::audit::record;
use crate::mailed_link::{self, Purpose};
use crate::{Actor, key, session};
use kernel::id::{MemberId, TeamId};
use kernel::{Duration, Error, Result, Time};
use platform::db::{Conn, Tx};
use platform::event;
use serde::Deserialize;

/// A closed account.
#[derive(Clone, Debug, Deserialize)]
pub struct Closing {
    /// The member.
    pub id: MemberId,
    /// The email address.
    pub email: String,
    /// The personal team.
    pub team_id: TeamId,
    /// When the account is deleted.
    pub deletion_at: Time,
    /// Since when it is being erased; a round that broke off goes on.
    pub erasing_at: Option<Time>,
}

/// Closes the actor's account until `life` is over, and returns the secret of the link that opens it again. Sessions, tokens, keys and
/// earlier links end.
pub async fn close(tx: &mut Tx, actor: &Actor, member: &Member, life: Duration) -> Result<String> {
    let deletion_at = tx.now.after(life);
    if !store::close(tx, &member.id, deletion_at).await? {
        return Err(Error::try_again());
    }
    session::end_all(tx, &member.id).await?;
    key::end_all(tx, &member.id).await?;
    for &purpose in Purpose::ALL {
        mailed_link::end_all(tx, purpose, &member.id).await?;
    }
    record(tx, actor, member.id.as_str(), &events::DeletionAsked { deletion_at });
    mailed_link::make(tx, Purpose::Restore, &member.id, &member.email, life).await
}

/// Puts the deletion of a closed account off until a time, because something still needs the account. If the link that opens it has
/// ended or ends before then, it returns the secret of another one, which works for `life`.
pub async fn put_off(tx: &mut Tx, closing: &Closing, until: Time, life: Duration) -> Result<Option<String>> {
    if !store::put_off(tx, closing, until).await? {
        return Ok(None);
    }
    let good = mailed_link::good_until(tx, Purpose::Restore, &closing.id).await?;
    if good.is_some_and(|good| good >= until) {
        return Ok(None);
    }
    mailed_link::make(tx, Purpose::Restore, &closing.id, &closing.email, life).await.map(Some)
}

/// Takes a closed account for erasing: from now on no link opens it. False if it was opened again, put off or taken since it was read.
pub async fn begin_erasing(tx: &mut Tx, closing: &Closing) -> Result<bool> {
    store::begin_erasing(tx, closing).await
}

/// Opens a closed account again by the link, which works once.
pub async fn reopen(tx: &mut Tx, token: &str) -> Result<Member> {
    let sent = mailed_link::find(tx, Purpose::Restore, token).await?.ok_or_else(errors::restore_invalid)?;
    if !mailed_link::end(tx, Purpose::Restore, token).await? || !store::reopen(tx, &sent.member_id).await? {
        return Err(errors::restore_invalid());
    }
    let member = store::find(tx, &sent.member_id).await?.ok_or_else(errors::restore_invalid)?;
    let actor = session::actor(tx, &member.id, member.epoch).await?.ok_or_else(errors::restore_invalid)?;
    record(tx, &actor, member.id.as_str(), &events::DeletionUndone {});
    Ok(member)
}

/// Finds the closed account that is to be deleted next, if it is due.
pub async fn closing(conn: &mut Conn) -> Result<Option<Closing>> {
    store::closing(conn).await
}

/// Records that the words of a closed account were erased: it stays closed for good.
pub async fn erased(tx: &mut Tx, closing: &Closing) -> Result<()> {
    if store::set_erased(tx, &closing.id).await? {
        event::emit(tx, &[&closing.team_id], closing.id.as_str(), &events::Erased {});
    }
    Ok(())
}

/// Deletes links that can't be used any more, a batch at a time, and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    mailed_link::sweep(tx, Purpose::Restore, Duration::ZERO).await
}
