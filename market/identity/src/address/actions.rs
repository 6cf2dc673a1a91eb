//! The acts of a change of address: ask for it, confirm it.

use super::errors::{address_fixed, address_link_invalid, too_many_changes};
use super::{ASKED_MAX, LIFE, WINDOW};
use crate::mailed_link::{self, Purpose};
use crate::member::events::AddressChanged;
use crate::member::{self, Member};
use crate::{Actor, team};
use kernel::{Error, Result};
use platform::db::Tx;
use platform::mail::{self, Mail};
use platform::{Market, event};

/// Sends a link to the new address, and tells the old one. It needs a login and the password.
pub async fn ask(market: &Market, actor: &Actor, password: &str, email: &str) -> Result<()> {
    let member = member::in_person(market, actor, password).await?;
    let email = mail::address(email).ok_or_else(|| Error::field("email", "Enter an email address, such as ada@example.com."))?;
    if email == member.email {
        return Err(Error::field("email", "It is the address you have; type another."));
    }
    let mut tx = market.begin().await?;
    team::store::hold(&mut tx, &member.team_id).await?;
    let since = tx.now.before(WINDOW);
    if mailed_link::made_since(&mut tx, Purpose::Address, &member.id, since).await? >= ASKED_MAX {
        return Err(too_many_changes());
    }
    must_not_be_fixed(&mut tx, &member).await?;
    must_be_free(&mut tx, &email).await?;
    let token = mailed_link::make(&mut tx, Purpose::Address, &member.id, &email, LIFE).await?;
    let to_new = Mail::new_address(&email, &tx.rules.base_url, &token);
    mail::queue(&mut tx, &to_new).await?;
    let to_old = Mail::address_asked(&member.email, &tx.rules.base_url, &email);
    mail::queue(&mut tx, &to_old).await?;
    tx.commit().await
}

/// Changes the address by the link that was sent to it, and tells the old one. The new address is verified by this; links that
/// were sent to the old one end.
pub async fn confirm(tx: &mut Tx, token: &str) -> Result<Member> {
    let asked = mailed_link::find(tx, Purpose::Address, token).await?.ok_or_else(address_link_invalid)?;
    let member = member::store::find(tx, &asked.member_id).await?.ok_or_else(address_link_invalid)?;
    must_not_be_fixed(tx, &member).await?;
    if !mailed_link::end(tx, Purpose::Address, token).await? {
        return Err(address_link_invalid());
    }
    must_be_free(tx, &asked.email).await?;
    member::make_way(tx, &asked.email).await?;
    let now = tx.now;
    if !member::store::update_email(tx, &member, &asked.email).await? {
        return Err(member::errors::email_taken());
    }
    mailed_link::end_all(tx, Purpose::Verification, &member.id).await?;
    mailed_link::end_all(tx, Purpose::Reset, &member.id).await?;
    event::emit(tx, &[&member.team_id], member.id.as_str(), &AddressChanged {});
    let letter = Mail::address_changed(&member.email, &tx.rules.base_url, &asked.email);
    mail::queue(tx, &letter).await?;
    Ok(Member { email: asked.email, verified_at: Some(now), ..member })
}

/// Fails while the link works that undoes a second factor. It was sent to the member's address: with another one, a thief who turned the
/// factor on would end the member's way back, or the reader of the old address would have one into the account.
async fn must_not_be_fixed(tx: &mut Tx, member: &Member) -> Result<()> {
    match mailed_link::good_until(tx, Purpose::Disown, &member.id).await? {
        Some(until) => Err(address_fixed(until)),
        None => Ok(()),
    }
}

/// Fails if the address belongs to a verified account.
async fn must_be_free(tx: &mut Tx, email: &str) -> Result<()> {
    match member::store::find_by_email(tx, email).await? {
        Some(held) if held.verified_at.is_some() => Err(member::errors::email_taken()),
        _ => Ok(()),
    }
}

/// Deletes links that can't be used or counted any more, a batch at a time, and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    mailed_link::sweep(tx, Purpose::Address, WINDOW).await
}
