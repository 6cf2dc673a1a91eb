//! Turning the second factor on and off.

use super::code::{self, recovery_hash};
use super::errors::{second_factor_invalid, second_factor_off, second_factor_on, setup_over};
use super::events::{CodesRenewed, TurnedOff, TurnedOn};
use super::store::{self, Row};
use super::{SETUP_LIFE, SecondFactor, disown, seal, sign_in};
use crate::mailed_link::{self, Purpose};
use crate::member::{self, Member};
use crate::{Actor, session, team};
use kernel::id::MemberId;
use kernel::{Error, Result};
use platform::db::{Conn, Tx};
use platform::event::{self, EventType};
use platform::mail::{self, Mail};
use platform::{Market, db};

/// Shows the actor's second factor. While it is being set up, this contains the secret.
pub async fn show(market: &Market, actor: &Actor) -> Result<SecondFactor> {
    actor.must_be_in_person()?;
    let mut conn = market.read().await?;
    let Some(row) = store::find(&mut conn, &actor.member).await? else { return Ok(SecondFactor::Off) };
    if let Some(since) = row.confirmed_at {
        return Ok(SecondFactor::On { since, codes_left: store::codes_left(&mut conn, &actor.member).await? });
    }
    let email = member::show(&mut conn, actor).await?.email;
    let secret = secret(market, &actor.member, &row).filter(|_| is_fresh(&conn, &row));
    Ok(secret.map_or(SecondFactor::Off, |secret| SecondFactor::Begun(code::setup(&secret, &email))))
}

/// Begins to set up a second factor. It needs a login and the password; the first code confirms it.
pub async fn begin(market: &Market, actor: &Actor, password: &str) -> Result<()> {
    let member = member::in_person(market, actor, password).await?;
    let secret = seal::seal(&market.secret, &member.id, &code::new_secret())?;
    let mut tx = market.begin().await?;
    if !store::begin(&mut tx, &member.id, &secret).await? {
        return Err(second_factor_on());
    }
    tx.commit().await
}

/// Gives up a set-up that was begun. It needs a login.
pub async fn give_up(tx: &mut Tx, actor: &Actor) -> Result<()> {
    actor.must_be_in_person()?;
    store::delete_begun(tx, &actor.member).await
}

/// Turns the second factor on by the first code of the app, and returns the recovery codes, which are shown this once. All sessions and
/// tokens end, because they were made by the password alone; API keys go on. The mail about it has a link for a member who did not do it.
///
/// It returns the member with the new epoch, for the session that continues.
pub async fn confirm(market: &Market, actor: &Actor, typed: &str) -> Result<(Member, Vec<String>)> {
    actor.must_be_in_person()?;
    let mut tx = market.begin().await?;
    let member = member::show(&mut tx, actor).await?;
    let row = store::find(&mut tx, &member.id).await?.ok_or_else(setup_over)?;
    if row.confirmed_at.is_some() {
        return Err(second_factor_on());
    }
    let secret = secret(market, &member.id, &row).filter(|_| is_fresh(&tx, &row)).ok_or_else(setup_over)?;
    let step = code::step_of(&secret, &code::tidied(typed), tx.now).ok_or_else(wrong_code)?;
    if !store::confirm(&mut tx, &member.id, &row.secret, step).await? {
        return Err(setup_over());
    }
    let codes = make_codes(market, &mut tx, &member).await?;
    member::store::end_logins(&mut tx, &member.id).await?;
    session::end_all(&mut tx, &member.id).await?;
    let link = disown::link(&mut tx, &member).await?;
    event::emit(&mut tx, &[&member.team_id], member.id.as_str(), &TurnedOn {});
    let letter = Mail::second_factor_on(&member.email, &tx.rules.base_url, &link);
    mail::queue(&mut tx, &letter).await?;
    tx.commit().await?;
    Ok((Member { epoch: member.epoch + 1, ..member }, codes))
}

/// Turns the second factor off. It needs a login and a code: a password alone must not undo what protects against stolen ones.
pub async fn turn_off(market: &Market, actor: &Actor, typed: &str) -> Result<()> {
    let member = by_code(market, actor, typed).await?;
    let mut tx = market.begin().await?;
    if !store::delete(&mut tx, &member.id).await? {
        return Err(second_factor_off());
    }
    // The link that undoes it has nothing left to undo, and would keep the address fixed.
    mailed_link::end_all(&mut tx, Purpose::Disown, &member.id).await?;
    told(&mut tx, &member, &TurnedOff {}, Mail::second_factor_off).await?;
    tx.commit().await
}

/// Returns the actor, who has a second factor and typed a code of it.
async fn by_code(market: &Market, actor: &Actor, typed: &str) -> Result<Member> {
    actor.must_be_in_person()?;
    let mut conn = market.read().await?;
    let member = member::show(&mut conn, actor).await?;
    if !is_on(&mut conn, &member.id).await? {
        return Err(second_factor_off());
    }
    drop(conn);
    let typed = code::tidied(typed);
    // An empty field is no guess.
    if typed.is_empty() {
        return Err(wrong_code());
    }
    sign_in::must_be_code(market, &member, &typed).await?;
    Ok(member)
}

/// Replaces the recovery codes, and returns the new ones, which are shown this once. It needs a login and a code.
pub async fn renew_codes(market: &Market, actor: &Actor, typed: &str) -> Result<Vec<String>> {
    let member = by_code(market, actor, typed).await?;
    let mut tx = market.begin().await?;
    if !is_on(&mut tx, &member.id).await? {
        return Err(second_factor_off());
    }
    // Lock the team, so that of two simultaneous requests one leaves its codes.
    team::store::hold(&mut tx, &member.team_id).await?;
    let codes = make_codes(market, &mut tx, &member).await?;
    told(&mut tx, &member, &CodesRenewed {}, Mail::recovery_codes_renewed).await?;
    tx.commit().await?;
    Ok(codes)
}

/// Turns the second factor of a member off, from the command line, for a member who lost app and codes. The member is told.
pub async fn reset(tx: &mut Tx, email: &str) -> Result<Member> {
    let member = member::by_email(tx, email).await?;
    // A set-up that was only begun was never on.
    let was_on = is_on(tx, &member.id).await?;
    if store::delete(tx, &member.id).await? && was_on {
        told(tx, &member, &TurnedOff {}, Mail::second_factor_off).await?;
    }
    Ok(member)
}

/// Returns true if a sign-in of the member asks for a code.
pub async fn is_asked(conn: &mut Conn, member: &MemberId) -> Result<bool> {
    is_on(conn, member).await
}

pub(super) async fn is_on(conn: &mut Conn, member: &MemberId) -> Result<bool> {
    Ok(store::find(conn, member).await?.is_some_and(|row| row.confirmed_at.is_some()))
}

/// Decrypts the secret of a row; none if the server's secret has changed.
pub(super) fn secret(market: &Market, member: &MemberId, row: &Row) -> Option<Vec<u8>> {
    let opened = seal::open(&market.secret, member, &row.secret);
    if opened.is_none() {
        tracing::warn!(%member, "a second factor was encrypted with another secret of the server");
    }
    opened
}

fn is_fresh(conn: &db::Conn, row: &Row) -> bool {
    row.created_at.after(SETUP_LIFE) > conn.now
}

async fn make_codes(market: &Market, tx: &mut Tx, member: &Member) -> Result<Vec<String>> {
    let codes = code::new_recovery_codes();
    store::delete_recovery_codes(tx, &member.id).await?;
    for code in &codes {
        store::insert_recovery_code(tx, &member.id, &recovery_hash(market, &member.id, code)).await?;
    }
    Ok(codes)
}

/// Tells the member of a change by an event and by mail.
pub(super) async fn told<E: EventType>(tx: &mut Tx, member: &Member, event: &E, letter: fn(&str, &str) -> Mail) -> Result<()> {
    event::emit(tx, &[&member.team_id], member.id.as_str(), event);
    let letter = letter(&member.email, &tx.rules.base_url);
    mail::queue(tx, &letter).await
}

/// The refusal of a code by a form of somebody who is signed in.
pub(super) fn wrong_code() -> Error {
    Error::field("code", second_factor_invalid().message)
}
