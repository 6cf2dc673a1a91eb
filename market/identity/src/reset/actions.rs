//! The acts of password resets: send a link, follow it.

use super::errors::reset_invalid;
use super::{LETTERS_MAX, LIFE, WINDOW};
use crate::mailed_link::{self, Purpose};
use crate::member::events::PasswordReset;
use crate::member::{self, Member};
use crate::{login, session, team};
use kernel::text::Check;
use kernel::{Error, Result};
use platform::db::Tx;
use platform::mail::{self, Mail};
use platform::password;
use platform::{Market, event};

/// Sends a link to the member with this email address. It tells nobody whether there is one: the answer is the same, and so it is
/// once too many letters were sent.
pub async fn ask(tx: &mut Tx, email: &str) -> Result<()> {
    let Some(email) = mail::address(email) else {
        return Err(Error::field("email", "Enter an email address, such as ada@example.com."));
    };
    let Some(member) = member::store::find_by_email(tx, &email).await? else { return Ok(()) };
    // Lock the team, so that simultaneous requests count each other.
    team::store::hold(tx, &member.team_id).await?;
    let since = tx.now.before(WINDOW);
    if mailed_link::made_since(tx, Purpose::Reset, &member.id, since).await? >= LETTERS_MAX {
        return Ok(());
    }
    let url = start(tx, &member).await?;
    let letter = match member.verified_at {
        Some(_) => Mail::reset(&member.email, &tx.rules.base_url, &url),
        // The account may be somebody else's attempt: whoever reads the mail signs up anew and replaces it.
        None => Mail::sign_up_again(&member.email, &tx.rules.base_url),
    };
    mail::queue(tx, &letter).await
}

/// Makes a link for a member, from the command line.
pub async fn link(tx: &mut Tx, email: &str) -> Result<String> {
    let member = member::by_email(tx, email).await?;
    start(tx, &member).await
}

/// Makes a link; older ones end.
pub(crate) async fn start(tx: &mut Tx, member: &Member) -> Result<String> {
    let token = mailed_link::make(tx, Purpose::Reset, &member.id, &member.email, LIFE).await?;
    Ok(format!("{}/reset-password?token={token}", tx.rules.base_url))
}

/// Sets the password of a link's member. All sessions and tokens end, and a letter says that it happened; API keys stay valid.
pub async fn finish(market: &Market, token: &str, new: &str) -> Result<Member> {
    let mut conn = market.read().await?;
    let now = conn.now;
    let sent = mailed_link::find(&mut conn, Purpose::Reset, token).await?.filter(|sent| sent.is_good(now)).ok_or_else(reset_invalid)?;
    let member = member::store::find(&mut conn, &sent.member_id).await?.ok_or_else(reset_invalid)?;
    drop(conn);
    let mut check = Check::new();
    password::check(&mut check, "new_password", new, &member.email);
    check.done()?;
    // Hashing is slow, so no transaction is held meanwhile.
    let new = market.passwords.hash(new).await?;
    let mut tx = market.begin().await?;
    if !mailed_link::end(&mut tx, Purpose::Reset, token).await? || !member::store::update_password(&mut tx, &member, &new).await? {
        return Err(reset_invalid());
    }
    mailed_link::end_all(&mut tx, Purpose::Reset, &member.id).await?;
    // A thief may have asked for another address.
    mailed_link::end_all(&mut tx, Purpose::Address, &member.id).await?;
    session::end_all(&mut tx, &member.id).await?;
    login::forget(market, &mut tx, &member.email).await?;
    event::emit(&mut tx, &[&member.team_id], member.id.as_str(), &PasswordReset {});
    let letter = Mail::password_changed(&member.email, &tx.rules.base_url);
    mail::queue(&mut tx, &letter).await?;
    tx.commit().await?;
    Ok(Member { epoch: member.epoch + 1, ..member })
}

/// Deletes links that can't be used or counted any more, a batch at a time, and returns their number. A worker calls this.
pub async fn sweep(tx: &mut Tx) -> Result<u64> {
    mailed_link::sweep(tx, Purpose::Reset, WINDOW).await
}
