//! The acts and reads of members.

use super::{Draft, Member, checked_name, errors, events, store};
use crate::actor::Role;
use crate::mailed_link::{self, Purpose};
use crate::{Actor, key, team, verification};
use kernel::id::{MemberId, TeamId};
use kernel::text::Check;
use kernel::{Error, Result};
use platform::db::{Conn, Tx};
use platform::password::PasswordHash;
use platform::{event, mail};

/// Creates an account with its personal team, and queues the mail that verifies its address. An account with the same address that
/// was never verified makes way: its address belongs to whoever reads the mail.
///
/// `hash` is of the draft's password, made by [`platform::password::hash`] before the transaction began.
pub async fn sign_up(tx: &mut Tx, draft: &Draft, hash: PasswordHash) -> Result<Member> {
    let draft = draft.check()?;
    let member = Member {
        id: MemberId::new(),
        email: draft.email,
        name: draft.name,
        role: Role::User,
        team_id: TeamId::new(),
        verified_at: None,
        epoch: 0,
        created_at: tx.now,
    };
    if !store::insert(tx, &member, &hash).await? {
        verification::must_not_flood(tx, &member.email).await?;
        make_way(tx, &member.email).await?;
        // Somebody else may have signed up at the same moment.
        if !store::insert(tx, &member, &hash).await? {
            return Err(errors::email_taken());
        }
    }
    team::personal(tx, &member).await?;
    verification::start(tx, &member).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &events::SignedUp {});
    Ok(member)
}

/// Ends the unverified account of an address.
pub(crate) async fn make_way(tx: &mut Tx, email: &str) -> Result<()> {
    let Some(held) = store::find_by_email(tx, email).await? else { return Ok(()) };
    if held.verified_at.is_some() {
        return Err(errors::email_taken());
    }
    if end_unverified(tx, &held.id, &held.team_id).await? { Ok(()) } else { Err(errors::email_taken()) }
}

/// Ends an unverified account: its sessions, tokens, keys and links. It has posted nothing, because that needs a verified address.
/// False if the address was verified meanwhile.
pub async fn end_unverified(tx: &mut Tx, member: &MemberId, team: &TeamId) -> Result<bool> {
    // With a space it is no email address.
    if !store::lapse(tx, member, &format!("lapsed {member}")).await? {
        return Ok(false);
    }
    for &purpose in Purpose::ALL {
        mailed_link::end_all(tx, purpose, member).await?;
    }
    key::end_all(tx, member).await?;
    event::emit(tx, &[team], member.as_str(), &events::Lapsed {});
    Ok(true)
}

/// Returns the actor's own account.
pub async fn show(conn: &mut Conn, actor: &Actor) -> Result<Member> {
    store::find(conn, &actor.member).await?.ok_or_else(|| Error::not_found("member"))
}

/// Renames the actor's account and personal team, with 1 to 80 characters.
pub async fn rename(tx: &mut Tx, actor: &Actor, name: &str) -> Result<Member> {
    let member = show(tx, actor).await?;
    actor.must_have("users:write")?;
    let mut check = Check::new();
    let name = checked_name(&mut check, name);
    check.done()?;
    store::update_name(tx, &member.id, &name).await?;
    team::store::update_personal_name(tx, &member.team_id, &name).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &events::Renamed {});
    Ok(Member { name, ..member })
}

/// Marks an email address as verified, from the command line. Doing it again changes nothing.
pub async fn verify_email(tx: &mut Tx, email: &str) -> Result<Member> {
    let member = by_email(tx, email).await?;
    verify(tx, member).await
}

/// Makes a member an admin of this server, from the command line. Doing it again changes nothing.
pub async fn promote(tx: &mut Tx, email: &str) -> Result<Member> {
    let member = by_email(tx, email).await?;
    if member.role == Role::Admin {
        return Ok(member);
    }
    store::update_role(tx, &member.id, Role::Admin).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &events::Promoted {});
    Ok(Member { role: Role::Admin, ..member })
}

/// Records the verification of an email address, once.
pub(crate) async fn verify(tx: &mut Tx, member: Member) -> Result<Member> {
    if !store::set_verified(tx, &member.id).await? {
        return Ok(member);
    }
    let now = tx.now;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &events::Verified {});
    Ok(Member { verified_at: Some(now), ..member })
}

pub(crate) async fn by_email(tx: &mut Tx, email: &str) -> Result<Member> {
    let email = mail::address(email).ok_or_else(|| Error::field("email", "Enter an email address, such as ada@example.com."))?;
    store::find_by_email(tx, &email).await?.ok_or_else(|| Error::not_found("member"))
}
