//! Login by password. Hashing is slow, so no transaction is held meanwhile.

use super::{Member, errors, events, store};
use crate::actor::Credential;
use crate::mailed_link::{self, Purpose};
use crate::{Actor, session, suspension};
use kernel::text::Check;
use kernel::{Error, Result};
use platform::mail::Mail;
use platform::password;
use platform::{Market, event, mail};

/// Returns the member with this email address and password, whether or not that is enough to sign in.
///
/// An unknown address and a wrong password give the same error in the same time.
pub(crate) async fn by_password(market: &Market, email: &str, plain: &str) -> Result<Member> {
    let (member, hash) = known(market, email).await?.unzip();
    match (market.passwords.verify(hash.as_deref(), plain).await?, member) {
        (true, Some(member)) => {
            suspension::must_not_be(&mut market.read().await?, &member.id).await?;
            Ok(member)
        }
        _ => Err(errors::invalid_credentials()),
    }
}

/// Replaces the actor's password. All earlier tokens, sessions and mailed links end, and a letter says that it happened; API keys
/// stay valid.
///
/// It needs a login, not a key. It returns the member with the new epoch, for the session that continues.
pub async fn change_password(market: &Market, actor: &Actor, current: &str, new: &str) -> Result<Member> {
    let member = in_person(market, actor, current).await?;
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
    mailed_link::end_all(&mut tx, Purpose::Reset, &member.id).await?;
    mailed_link::end_all(&mut tx, Purpose::Address, &member.id).await?;
    session::end_all(&mut tx, &member.id).await?;
    let letter = Mail::password_changed(&member.email, &tx.rules.base_url);
    mail::queue(&mut tx, &letter).await?;
    tx.commit().await?;
    Ok(Member { epoch: member.epoch + 1, ..member })
}

/// Returns the actor's member, if a person acts who knows the password.
pub async fn in_person(market: &Market, actor: &Actor, current: &str) -> Result<Member> {
    actor.must_be_in_person()?;
    let (member, hash) = own(market, actor).await?;
    match market.passwords.verify(Some(&hash), current).await? {
        true => Ok(member),
        false => Err(Error::field("current_password", "It is not your password; type the one that you log in with.")),
    }
}

/// Returns the member who may have an act done on the whole account: a person who types the password, or an API key that may do all that
/// its maker may. Checking a password is slow, so no transaction is held meanwhile.
pub async fn confirmed(market: &Market, actor: &Actor, password: Option<&str>) -> Result<Member> {
    actor.must_be_whole()?;
    match actor.credential {
        Credential::Key { .. } => super::show(&mut market.read().await?, actor).await,
        _ => in_person(market, actor, password.ok_or_else(errors::password_required)?).await,
    }
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
