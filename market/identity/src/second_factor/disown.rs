//! The link "This was not me" in the mail that a second factor was turned on: a thief who did it, with the password and a session, would
//! keep the member out for good.

use super::actions::{is_on, told};
use super::errors::disown_invalid;
use super::events::TurnedOff;
use super::{DISOWN_LIFE, store};
use crate::mailed_link::{self, Purpose};
use crate::member::{self, Member};
use crate::{reset, session, suspension};
use kernel::Result;
use platform::db::Tx;
use platform::mail::Mail;

/// Makes the link; an older one ends.
pub(super) async fn link(tx: &mut Tx, member: &Member) -> Result<String> {
    let token = mailed_link::make(tx, Purpose::Disown, &member.id, &member.email, DISOWN_LIFE).await?;
    Ok(format!("{}/not-me?token={token}", tx.rules.base_url))
}

/// Turns the second factor off by the link, signs every browser and app out (API keys go on), and returns the link to a new password.
/// The link works once.
pub async fn disown(tx: &mut Tx, token: &str) -> Result<String> {
    let sent = mailed_link::find(tx, Purpose::Disown, token).await?.ok_or_else(disown_invalid)?;
    let member = member::store::find(tx, &sent.member_id).await?.ok_or_else(disown_invalid)?;
    suspension::must_not_be(tx, &member.id).await?;
    if !mailed_link::end(tx, Purpose::Disown, token).await? {
        return Err(disown_invalid());
    }
    // A set-up that was only begun was never on.
    let was_on = is_on(tx, &member.id).await?;
    if store::delete(tx, &member.id).await? && was_on {
        told(tx, &member, &TurnedOff {}, Mail::second_factor_off).await?;
    }
    // A thief may have asked for another address.
    mailed_link::end_all(tx, Purpose::Address, &member.id).await?;
    member::store::end_logins(tx, &member.id).await?;
    session::end_all(tx, &member.id).await?;
    reset::start(tx, &member).await
}
