//! The acts of admins on accounts.

use super::errors::{account_closed, account_suspended, is_admin, is_closed, suspended_already};
use super::events::{AddressVerified, Reinstated, Suspended};
use super::{Suspension, store};
use crate::actor::Role;
use crate::audit::record_of_server;
use crate::mailed_link::{self, Purpose};
use crate::member::{self, Member};
use crate::{Actor, session};
use kernel::id::{MemberId, TeamId};
use kernel::text::Check;
use kernel::{Error, Result, Time};
use platform::db::{Conn, Tx};
use platform::mail::{self, Mail};

/// Suspends a member, and tells them the reason by mail. Only an admin may, and no admin is suspended. A deletion that the member asked
/// for is taken back: closing an account is no way around a suspension.
pub async fn suspend(tx: &mut Tx, actor: &Actor, id: &MemberId, reason: &str) -> Result<Member> {
    actor.must_run_the_server()?;
    let mut check = Check::new();
    let reason = check.line("reason", reason, 3..=500);
    check.done()?;
    let member = found(tx, id).await?;
    if member.role == Role::Admin {
        return Err(is_admin());
    }
    if !store::begin(tx, id, &reason).await? {
        return Err(suspended_already(true));
    }
    session::end_all(tx, id).await?;
    for &purpose in Purpose::ALL {
        mailed_link::end_all(tx, purpose, id).await?;
    }
    record_of_server(tx, actor, Some(&member.team_id), id.as_str(), &Suspended { name: &member.name, reason: &reason });
    let letter = Mail::suspended(&member.email, &tx.rules.base_url, &reason);
    mail::queue(tx, &letter).await?;
    Ok(member)
}

/// Lifts the suspension of a member, and tells them by mail. Only an admin may.
pub async fn reinstate(tx: &mut Tx, actor: &Actor, id: &MemberId) -> Result<Member> {
    actor.must_run_the_server()?;
    let member = found(tx, id).await?;
    if let Some(Suspension { deletion_at: Some(at), .. }) = store::find(tx, id).await? {
        return Err(is_closed(at));
    }
    if !store::end(tx, id).await? {
        return Err(suspended_already(false));
    }
    record_of_server(tx, actor, Some(&member.team_id), id.as_str(), &Reinstated { name: &member.name });
    let letter = Mail::reinstated(&member.email, &tx.rules.base_url);
    mail::queue(tx, &letter).await?;
    Ok(member)
}

/// Marks a member's email address as verified. Only an admin may; doing it again changes nothing.
pub async fn verify_address(tx: &mut Tx, actor: &Actor, id: &MemberId) -> Result<Member> {
    actor.must_run_the_server()?;
    let member = found(tx, id).await?;
    if member.verified_at.is_some() {
        return Ok(member);
    }
    record_of_server(tx, actor, Some(&member.team_id), id.as_str(), &AddressVerified { name: &member.name });
    member::verify(tx, member).await
}

/// Returns the suspension of a member, for an admin.
pub async fn of_member(conn: &mut Conn, actor: &Actor, id: &MemberId) -> Result<Option<Suspension>> {
    actor.must_run_the_server()?;
    store::find(conn, id).await
}

/// Returns true if each member of a team is suspended: nobody acts for it, until one of them is reinstated.
pub async fn is_of_team(conn: &mut Conn, team: &TeamId) -> Result<bool> {
    store::is_of_team(conn, team).await
}

/// Returns the suspension of a member, for the rules of other nouns.
pub(crate) async fn of(conn: &mut Conn, member: &MemberId) -> Result<Option<Suspension>> {
    store::find(conn, member).await
}

/// Fails if a member is suspended.
pub(crate) async fn must_not_be(conn: &mut Conn, member: &MemberId) -> Result<()> {
    match store::find(conn, member).await? {
        Some(Suspension { deletion_at: Some(at), .. }) => Err(account_closed(at)),
        suspension => must_be_none(suspension.map(|suspension| suspension.at)),
    }
}

/// Fails if this is the time of a suspension.
pub(crate) fn must_be_none(suspended_at: Option<Time>) -> Result<()> {
    match suspended_at {
        Some(_) => Err(account_suspended()),
        None => Ok(()),
    }
}

async fn found(conn: &mut Conn, id: &MemberId) -> Result<Member> {
    member::store::find(conn, id).await?.ok_or_else(|| Error::not_found("member"))
}
