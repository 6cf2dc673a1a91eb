//! The acts of exports: ask for one; and those of the worker that builds and removes them.

use super::events::{Asked, Failed, Finished};
use super::{ASKED_EVERY, ATTEMPTS_MAX, Claimed, Export, LEASE, LIFE, Status, errors, letter, link, store};
use identity::actor::Credential;
use identity::member::Member;
use identity::{Actor, internal};
use kernel::id::{ExportId, MemberId};
use kernel::{Error, Result};
use platform::db::{Conn, Tx};
use platform::{Market, event, mail};

/// Asks for a copy of everything about the actor, or returns the export that was asked for within [`ASKED_EVERY`]. A new one needs the
/// password of a person, or an API key that may do all that its maker may.
///
/// It begins and commits a transaction of its own, because checking a password is slow.
pub async fn ask(market: &Market, actor: &Actor, password: Option<&str>) -> Result<Export> {
    actor.must_be_whole()?;
    if let Some(last) = recent(&mut market.read().await?, &actor.member).await? {
        return Ok(last);
    }
    if password.is_none() && !matches!(actor.credential, Credential::Key { .. }) {
        return Err(errors::export_needs_password());
    }
    let member = internal::confirmed(market, actor, password).await?;
    platform::act!(market, |tx| begin(tx, actor, &member).await)
}

/// Returns the export that was asked for within [`ASKED_EVERY`]; another one is made afterwards.
async fn recent(conn: &mut Conn, member: &MemberId) -> Result<Option<Export>> {
    let since = conn.now.before(ASKED_EVERY);
    Ok(store::last(conn, member).await?.filter(|last| last.requested_at > since))
}

async fn begin(tx: &mut Tx, actor: &Actor, member: &Member) -> Result<Export> {
    // Lock the team, so that simultaneous requests count each other.
    internal::hold_team(tx, &member.team_id).await?;
    if let Some(last) = recent(tx, &member.id).await? {
        return Ok(last);
    }
    let export = Export {
        id: ExportId::new(),
        member_id: member.id.clone(),
        status: Status::Preparing,
        size: 0,
        requested_at: tx.now,
        expires_at: None,
        epoch: member.epoch,
    };
    store::insert(tx, &export).await?;
    internal::record_audit(tx, actor, export.member_id.as_str(), &Asked {});
    Ok(export)
}

/// Returns the actor's last export, if there is one.
pub async fn last(conn: &mut Conn, actor: &Actor) -> Result<Option<Export>> {
    actor.must_be_whole()?;
    store::last(conn, &actor.member).await
}

/// Takes the export that is due first for this worker, for [`LEASE`]; none if nothing is due.
pub async fn claim(market: &Market) -> Result<Option<Claimed>> {
    let Some(due) = store::due(&mut market.read().await?).await? else { return Ok(None) };
    let mut tx = market.begin().await?;
    let until = tx.now.after(LEASE);
    let is_ours = store::claim(&mut tx, &due, until).await?;
    tx.commit().await?;
    Ok(is_ours.then_some(due))
}

/// Notes that an export is still being built, with the store's name for the received parts. Fails if it was abandoned meanwhile.
pub async fn still_coming(tx: &mut Tx, id: &ExportId, parts: Option<&str>) -> Result<()> {
    let until = tx.now.after(LEASE);
    if store::touch(tx, id, parts, until).await? { Ok(()) } else { Err(Error::not_found("export")) }
}

/// Completes an export whose bytes are all in the store, and mails its link.
pub async fn finish(market: &Market, tx: &mut Tx, id: &ExportId, size: i64) -> Result<Export> {
    let expires_at = tx.now.after(LIFE);
    if !store::complete(tx, id, size, expires_at).await? {
        return Err(Error::not_found("export"));
    }
    let export = store::find(tx, id).await?.ok_or_else(Error::internal)?;
    let member = internal::member(tx, &export.member_id).await?.ok_or_else(Error::internal)?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &Finished {});
    if let Some(link) = link(market, &export) {
        let letter = letter::ready(&member.email, &market.rules.base_url, &export, &link);
        mail::queue(tx, &letter).await?;
    }
    Ok(export)
}

/// Gives an export up after its last attempt; an earlier one is made again when the lease is over.
pub async fn fail(tx: &mut Tx, claimed: &Claimed) -> Result<()> {
    if claimed.attempts + 1 < ATTEMPTS_MAX {
        return Ok(());
    }
    // The state stays to be seen until another export can be asked for.
    let removed_at = tx.now.after(ASKED_EVERY);
    store::give_up(tx, &claimed.id, removed_at).await?;
    let member = internal::member(tx, &claimed.member_id).await?.ok_or_else(Error::internal)?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &Failed {});
    Ok(())
}

/// Forgets an export whose bytes were removed from the store.
pub async fn forget(tx: &mut Tx, id: &ExportId) -> Result<()> {
    store::delete(tx, id).await
}

/// Returns true if there is an export with this id, so that the store keeps its bytes.
pub async fn exists(conn: &mut Conn, id: &ExportId) -> Result<bool> {
    Ok(store::find(conn, id).await?.is_some())
}
