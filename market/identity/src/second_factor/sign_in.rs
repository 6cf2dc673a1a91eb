//! Signing in by password and code. Every try is counted before the code is looked at, so that many at once are no more than many.
//!
//! Too many wrong codes stop the codes of the app for an hour. A recovery code has 60 random bits, so it is taken all the same: it lets
//! the member in whom somebody else's guesses would keep out.

use super::actions::{is_on, secret, wrong_code};
use super::code::{is_of_app, recovery_hash, step_of, tidied};
use super::errors::{challenge_over, second_factor_invalid, second_factor_required, too_many_codes};
use super::events::CodeUsed;
use super::store::{self, Challenge, Place};
use super::{CHALLENGE_LIFE, WARNED_AT, WINDOW};
use crate::login;
use crate::mailed_link::{self, Purpose};
use crate::member::{self, Member};
use kernel::{Result, id};
use platform::db::{Conn, Tx};
use platform::mail::{self, Mail};
use platform::network::Network;
use platform::password::fingerprint;
use platform::{Market, SWEEP_BATCH, event};

/// 160 random bits.
const TOKEN_LENGTH: usize = 32;

/// The result of a right password in a browser.
#[derive(Debug)]
pub enum SignIn {
    /// The member has no second factor.
    Done(Member),
    /// The code is asked for; the token is the challenge's.
    Challenge(String),
}

impl login::Outcome for SignIn {
    fn is_login(&self) -> bool {
        matches!(self, Self::Done(_))
    }
}

/// A member whom a password and, if asked for, a code let in.
impl login::Outcome for Member {
    fn is_login(&self) -> bool {
        true
    }
}

/// Signs in by email address and password; a member with a second factor gets a challenge.
pub async fn sign_in(market: &Market, email: &str, plain: &str) -> Result<SignIn> {
    let member = member::by_password(market, email, plain).await?;
    if !is_on(&mut market.read().await?, &member.id).await? {
        return Ok(SignIn::Done(member));
    }
    let token = id::secret(TOKEN_LENGTH);
    let mut tx = market.begin().await?;
    let expires_at = tx.now.after(CHALLENGE_LIFE);
    let challenge = Challenge { member_id: member.id, epoch: member.epoch };
    store::insert_challenge(&mut tx, &fingerprint(&token), &challenge, expires_at).await?;
    tx.commit().await?;
    Ok(SignIn::Challenge(token))
}

/// Signs in from a network, where wrong passwords are counted against the account.
pub async fn sign_in_from(market: &Market, from: &Network, email: &str, plain: &str) -> Result<SignIn> {
    login::counted(market, from, email, sign_in(market, email, plain)).await
}

/// Returns true if a challenge can still be answered.
pub async fn is_open(conn: &mut Conn, token: &str) -> Result<bool> {
    Ok(store::find_challenge(conn, &fingerprint(token)).await?.is_some())
}

/// Answers a challenge with a code of the app or a recovery code, and returns the member who is signed in by that.
pub async fn answer(market: &Market, token: &str, typed: &str) -> Result<Member> {
    let hash = fingerprint(token);
    let mut tx = market.begin().await?;
    let challenge = store::find_challenge(&mut tx, &hash).await?.ok_or_else(challenge_over)?;
    let member = member::store::find(&mut tx, &challenge.member_id).await?.filter(|member| member.epoch == challenge.epoch);
    let member = member.ok_or_else(challenge_over)?;
    if !store::count_challenge_try(&mut tx, &hash).await? {
        return Err(challenge_over());
    }
    if !take(market, &mut tx, &member, Place::SignIn, &tidied(typed)).await? {
        let is_over = store::find_challenge(&mut tx, &hash).await?.is_none();
        tx.commit().await?;
        return Err(if is_over { challenge_over() } else { second_factor_invalid() });
    }
    store::delete_challenges(&mut tx, &member.id).await?;
    tx.commit().await?;
    Ok(member)
}

/// Answers a challenge from a network, which is remembered if the code is right.
pub async fn answer_from(market: &Market, from: &Network, token: &str, typed: &str) -> Result<Member> {
    let member = answer(market, token, typed).await?;
    login::completed(market, from, &member.email).await;
    Ok(member)
}

/// Logs a program in by email address and password, and by a code if the member has a second factor.
pub async fn log_in(market: &Market, email: &str, plain: &str, code: Option<&str>) -> Result<Member> {
    let member = member::by_password(market, email, plain).await?;
    if !is_on(&mut market.read().await?, &member.id).await? {
        return Ok(member);
    }
    let code = code.map(tidied).filter(|code| !code.is_empty()).ok_or_else(second_factor_required)?;
    let mut tx = market.begin().await?;
    let is_right = take(market, &mut tx, &member, Place::SignIn, &code).await?;
    tx.commit().await?;
    if is_right { Ok(member) } else { Err(second_factor_invalid()) }
}

/// Logs a program in from a network, where wrong passwords are counted against the account.
pub async fn log_in_from(market: &Market, from: &Network, email: &str, plain: &str, code: Option<&str>) -> Result<Member> {
    login::counted(market, from, email, log_in(market, email, plain, code)).await
}

/// Fails unless somebody who is signed in typed a code of theirs. It is used up.
pub(super) async fn must_be_code(market: &Market, member: &Member, code: &str) -> Result<()> {
    let mut tx = market.begin().await?;
    let is_right = take(market, &mut tx, member, Place::Inside, code).await?;
    tx.commit().await?;
    if is_right { Ok(()) } else { Err(wrong_code()) }
}

/// Uses a code up; false if it is wrong, which the caller commits. The member is told by mail of many wrong ones.
async fn take(market: &Market, tx: &mut Tx, member: &Member, place: Place, code: &str) -> Result<bool> {
    let since = tx.now.before(WINDOW);
    let is_counted = store::count_try(tx, &member.id, place, since).await?;
    if !is_counted && is_of_app(code) {
        return Err(too_many_codes());
    }
    let is_right = is_right(market, tx, member, code).await?;
    if !is_right && store::warn(tx, &member.id, WARNED_AT, since).await? {
        let letter = Mail::wrong_codes(&member.email, &tx.rules.base_url);
        mail::queue(tx, &letter).await?;
    }
    Ok(is_right)
}

async fn is_right(market: &Market, tx: &mut Tx, member: &Member, code: &str) -> Result<bool> {
    if is_of_app(code) {
        let Some(row) = store::find(tx, &member.id).await?.filter(|row| row.confirmed_at.is_some()) else { return Ok(false) };
        let step = secret(market, &member.id, &row).and_then(|secret| step_of(&secret, code, tx.now));
        return match step {
            Some(step) => store::advance(tx, &member.id, step).await,
            None => Ok(false),
        };
    }
    if !store::use_recovery_code(tx, &member.id, &recovery_hash(market, &member.id, code)).await? {
        return Ok(false);
    }
    store::forget_tries(tx, &member.id).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &CodeUsed {});
    Ok(true)
}

/// Deletes challenges and links whose time is over, at most [`SWEEP_BATCH`] of each, and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    let links = mailed_link::sweep(tx, Purpose::Disown, WINDOW).await?;
    Ok(links + store::delete_expired_challenges(tx, SWEEP_BATCH).await?)
}
