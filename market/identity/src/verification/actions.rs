//! The acts of verification: send a link, follow it.

use super::errors::{already_verified, too_many_emails, verification_invalid};
use super::{RESEND_WINDOW, RESENDS_MAX, store};
use crate::member::events::VerificationResent;
use crate::member::{self, Member};
use crate::{Actor, team};
use kernel::{Duration, Result, id};
use platform::db::Tx;
use platform::mail::{self, Mail};
use platform::password::fingerprint;
use platform::{SWEEP_BATCH, event};

/// 160 random bits.
const TOKEN_LENGTH: usize = 32;

/// Sends a link to a member's mail address; older links end.
pub async fn start(tx: &mut Tx, member: &Member) -> Result<()> {
    let token = id::secret(TOKEN_LENGTH);
    let life = tx.rules.verification_life;
    let expires_at = tx.now.after(life);
    store::end_all(tx, &member.id).await?;
    store::insert(tx, &fingerprint(&token), member, expires_at).await?;
    let hours = life.as_ms() / Duration::hours(1).as_ms();
    let letter = Mail::verification(&member.email, &tx.rules.base_url, &token, hours.max(1));
    mail::queue(tx, &letter).await
}

/// Verifies the mail address of a link's member: having the link proves that the address is read.
pub async fn confirm(tx: &mut Tx, token: &str) -> Result<Member> {
    let hash = fingerprint(token.trim());
    let sent = store::find(tx, &hash).await?.ok_or_else(verification_invalid)?;
    let member = member::store::find(tx, &sent.member_id).await?.ok_or_else(verification_invalid)?;
    if sent.ended_at.is_some() && member.verified_at.is_some() {
        return Err(already_verified());
    }
    if sent.expires_at <= tx.now || sent.email != member.email || !store::end(tx, &hash).await? {
        return Err(verification_invalid());
    }
    store::end_all(tx, &member.id).await?;
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
    if store::sent_since(tx, &member.id, since).await? - first >= RESENDS_MAX {
        return Err(too_many_emails());
    }
    start(tx, &member).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &VerificationResent {});
    Ok(())
}

/// Fails if too many links were sent to an address lately: anybody can sign up with an address that is not verified.
pub(crate) async fn must_not_flood(tx: &mut Tx, email: &str) -> Result<()> {
    let since = tx.now.before(RESEND_WINDOW);
    match store::sent_to_since(tx, email, since).await? {
        sent if sent > RESENDS_MAX => Err(too_many_emails()),
        _ => Ok(()),
    }
}

/// Deletes links that can't be used or counted any more, at most [`SWEEP_BATCH`], and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let since = tx.now.before(RESEND_WINDOW);
    let swept = store::delete_expired(tx, since, SWEEP_BATCH).await?;
    if swept > 0 {
        tracing::debug!(swept, "forgot expired verification links");
    }
    Ok(swept)
}
