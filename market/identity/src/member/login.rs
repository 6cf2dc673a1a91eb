//! Login by password. Hashing is slow, so no transaction is held meanwhile.

use super::{Member, errors, events, store};
use crate::Actor;
use kernel::text::Check;
use kernel::{Error, Result};
use platform::password;
use platform::{Market, event, mail};

/// Returns the member with this mail address and password.
///
/// An unknown address and a wrong password give the same error in the same time.
pub async fn log_in(market: &Market, email: &str, plain: &str) -> Result<Member> {
    let (member, hash) = known(market, email).await?.unzip();
    match (market.passwords.verify(hash.as_deref(), plain).await?, member) {
        (true, Some(member)) => Ok(member),
        _ => Err(errors::invalid_credentials()),
    }
}

/// Replaces the actor's password. All earlier tokens and sessions end; API keys stay valid.
///
/// It needs a login, not a key. It returns the member with the new epoch, for the session that continues.
pub async fn change_password(market: &Market, actor: &Actor, current: &str, new: &str) -> Result<Member> {
    actor.must_be_in_person()?;
    let (member, hash) = own(market, actor).await?;
    if !market.passwords.verify(Some(&hash), current).await? {
        return Err(Error::field("current_password", "It is not your password; type the one that you log in with."));
    }
    let mut check = Check::new();
    password::check(&mut check, "new_password", new, &member.email);
    if password::is_same(new, current) {
        check.wrong("new_password", "It is the password you have; choose another.");
    }
    check.done()?;
    let hash = market.passwords.hash(new).await?;
    let mut tx = market.begin().await?;
    if !store::update_password(&mut tx, &member, &hash).await? {
        return Err(errors::password_changed());
    }
    event::emit(&mut tx, &[&member.team_id], member.id.as_str(), &events::PasswordChanged {});
    tx.commit().await?;
    Ok(Member { epoch: member.epoch + 1, ..member })
}

/// Returns a member and the hash to verify; the connection is returned before the slow part.
async fn known(market: &Market, email: &str) -> Result<Option<(Member, String)>> {
    let Some(email) = mail::address(email) else { return Ok(None) };
    let mut conn = market.read().await?;
    let Some(member) = store::find_by_email(&mut conn, &email).await? else { return Ok(None) };
    Ok(store::password_hash(&mut conn, &member.id).await?.map(|hash| (member, hash)))
}

async fn own(market: &Market, actor: &Actor) -> Result<(Member, String)> {
    let mut conn = market.read().await?;
    let member = store::find(&mut conn, &actor.member).await?;
    let hash = store::password_hash(&mut conn, &actor.member).await?;
    member.zip(hash).ok_or_else(|| Error::not_found("member"))
}
