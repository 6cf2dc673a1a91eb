//! The acts of verification: send a link, follow it.

use super::errors::{already_verified, too_many_emails, verification_invalid};
use super::{RESEND_WINDOW, RESENDS_MAX};
use crate::mailed_link::{self, Purpose};
use crate::member::events::VerificationResent;
use crate::member::{self, Member};
use crate::{Actor, team};
use kernel::{Duration, Result};
use platform::db::Tx;
use platform::event;
use platform::mail::{self, Mail};

/// Sends a link to a member's email address; older links end.
pub async fn start(tx: &mut Tx, member: &Member) -> Result<()> {
    let life = tx.rules.verification_life;
    let token = mailed_link::make(tx, Purpose::Verification, &member.id, &member.email, life).await?;
    let hours = life.as_ms() / Duration::hours(1).as_ms();
    let letter = Mail::verification(&member.email, &tx.rules.base_url, &token, hours.max(1));
    mail::queue(tx, &letter).await
}

/// Verifies the email address of a link's member: having the link proves that the address is read.
pub async fn confirm(tx: &mut Tx, token: &str) -> Result<Member> {
    let sent = mailed_link::find(tx, Purpose::Verification, token).await?.ok_or_else(verification_invalid)?;
    let member = member::store::find(tx, &sent.member_id).await?.ok_or_else(verification_invalid)?;
    if sent.has_ended() && member.verified_at.is_some() {
        return Err(already_verified());
    }
    if sent.email != member.email || !mailed_link::end(tx, Purpose::Verification, token).await? {
        return Err(verification_invalid());
    }
    mailed_link::end_all(tx, Purpose::Verification, &member.id).await?;
    member::verify(tx, member).await
}

/// Sends the actor another link, at most five an hour.
pub async fn resend(tx: &mut Tx, actor: &Actor) -> Result<()> {
    let member = member::show(tx, actor).await?;
    actor.must_have("users:write")?;
    if member.verified_at.is_some() {
        return Err(already_verified());
    }
    // Lock the team, so that simultaneous requests count each other.
    team::store::hold(tx, &member.team_id).await?;
    let since = tx.now.before(RESEND_WINDOW);
    let first = i64::from(member.created_at > since);
    if mailed_link::made_since(tx, Purpose::Verification, &member.id, since).await? - first >= RESENDS_MAX {
        return Err(too_many_emails());
    }
    start(tx, &member).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &VerificationResent {});
    Ok(())
}

/// Fails if too many links were sent to an address lately: anybody can sign up with an address that is not verified.
pub(crate) async fn must_not_flood(tx: &mut Tx, email: &str) -> Result<()> {
    let since = tx.now.before(RESEND_WINDOW);
    match mailed_link::made_to_since(tx, Purpose::Verification, email, since).await? {
        sent if sent > RESENDS_MAX => Err(too_many_emails()),
        _ => Ok(()),
    }
}

/// Deletes links that can't be used or counted any more, a batch at a time, and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let swept = mailed_link::sweep(tx, Purpose::Verification, RESEND_WINDOW).await?;
    if swept > 0 {
        tracing::debug!(swept, "forgot expired verification links");
    }
    Ok(swept)
}
