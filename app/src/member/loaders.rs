//! The form actions of members: sign-up, sign-in, sign-out, verification.

use crate::act::act;
use crate::fault::Fault;
use crate::member::{code, session};
use crate::url::ours;
use crate::visitor::{go, guest};
use leptos::prelude::*;
use market::second_factor;
use market::{address, member, reset, verification};

/// Creates an account and signs in.
#[server(prefix = "/_fn", endpoint = "sign-up")]
pub async fn sign_up(name: String, email: String, password: String, next: Option<String>) -> Result<(), Fault> {
    let visitor = guest()?;
    let draft = member::Draft { email, password, name }.check()?;
    let hash = visitor.market.passwords.hash(&draft.password).await?;
    let member = market::act!(visitor.market, |tx| member::sign_up(tx, &draft, hash.clone()).await)?;
    session::begin(&visitor.session, &member).await?;
    go(
        ours(&next.unwrap_or_default()),
        format!("Welcome, {}. A link to verify your email address was sent to {}.", member.name, member.email),
    )
}

/// Signs a member in, or asks for the code of the second factor on another page.
#[server(prefix = "/_fn", endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), Fault> {
    let visitor = guest()?;
    match second_factor::sign_in_from(&visitor.market, &visitor.network, &email, &password).await? {
        second_factor::SignIn::Done(member) => code::welcome(&visitor.market, &visitor.session, &member, &next.unwrap_or_default()).await,
        second_factor::SignIn::Challenge(token) => code::ask(&visitor.session, token, next).await,
    }
}

/// Signs a member out.
#[server(prefix = "/_fn", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Fault> {
    session::end(&guest()?.session).await?;
    go("/", "You are signed out.")
}

/// Verifies an email address by the token from its link.
#[server(prefix = "/_fn", endpoint = "verify")]
pub async fn verify(token: String) -> Result<(), Fault> {
    let visitor = guest()?;
    let to = if visitor.actor.is_some() { "/jobs" } else { "/sign-in" };
    match market::act!(visitor.market, |tx| verification::confirm(tx, &token).await) {
        // The link was followed twice, which is no mistake.
        Err(error) if error.code == verification::errors::already_verified().code => go(to, "Your email address is verified already."),
        done => done.map_err(Fault::from).and_then(|_| go(to, "Your email address is verified.")),
    }
}

/// Sends a link to a new password, if the address has an account; the answer does not tell.
#[server(prefix = "/_fn", endpoint = "forgot-password")]
pub async fn forgot_password(email: String) -> Result<(), Fault> {
    let visitor = guest()?;
    market::act!(visitor.market, |tx| reset::ask(tx, &email).await)?;
    let kept = if visitor.market.rules.sandbox { " In the sandbox, emails are kept at /sandbox/mail." } else { "" };
    go("/sign-in", format!("If this address has an account, a link to a new password was sent to it. It works for an hour.{kept}"))
}

/// Sets a new password by the token from a mailed link. It signs nobody in.
#[server(prefix = "/_fn", endpoint = "reset-password")]
pub async fn reset_password(token: String, new_password: String) -> Result<(), Fault> {
    let visitor = guest()?;
    let member = reset::finish(&visitor.market, &token, &new_password).await?;
    session::end(&visitor.session).await?;
    let asked = second_factor::is_asked(&mut visitor.market.read().await?, &member.id).await?;
    let code = if asked { " Then type a code of your app; a recovery code will do if the app is gone." } else { "" };
    go("/sign-in", format!("Your password is changed, and every browser is signed out. Sign in with the new one.{code}"))
}

/// Turns a second factor off that somebody else turned on, and goes on to a new password.
#[server(prefix = "/_fn", endpoint = "not-me")]
pub async fn not_me(token: String) -> Result<(), Fault> {
    let visitor = guest()?;
    let link = market::act!(visitor.market, |tx| second_factor::disown(tx, &token).await)?;
    session::end(&visitor.session).await?;
    let to = link.strip_prefix(&visitor.market.rules.base_url).unwrap_or("/forgot-password").to_owned();
    go(&to, "The second factor is off, and everybody is signed out. Choose a new password now: whoever did it knows the old one.")
}

/// Changes the email address by the token from the link that was sent to it.
#[server(prefix = "/_fn", endpoint = "confirm-address")]
pub async fn confirm_address(token: String) -> Result<(), Fault> {
    let visitor = guest()?;
    let member = market::act!(visitor.market, |tx| address::confirm(tx, &token).await)?;
    let to = if visitor.actor.is_some() { "/settings" } else { "/sign-in" };
    go(to, format!("Your email address is {} now.", member.email))
}

/// Sends another verification mail.
#[server(prefix = "/_fn", endpoint = "verify/resend")]
pub async fn resend(back: Option<String>) -> Result<(), Fault> {
    let back = back.as_deref().map_or("/settings", crate::url::ours).to_owned();
    act!(|tx, actor| verification::resend(tx, actor).await, |_| (back.clone(), "A new link was sent. Older ones no longer work."))
}
