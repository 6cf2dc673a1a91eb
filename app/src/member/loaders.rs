//! The form actions of members: sign-up, sign-in, sign-out, verification.

use crate::act::act;
use crate::fault::Fault;
use crate::member::session;
use crate::url::ours;
use crate::visitor::{go, guest};
use leptos::prelude::*;
use market::{member, verification};

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
        format!("Welcome, {}. A link to verify your mail address was sent to {}.", member.name, member.email),
    )
}

/// Signs a member in.
#[server(prefix = "/_fn", endpoint = "sign-in")]
pub async fn sign_in(email: String, password: String, next: Option<String>) -> Result<(), Fault> {
    let visitor = guest()?;
    let member = member::log_in(&visitor.market, &email, &password).await?;
    session::begin(&visitor.session, &member).await?;
    crate::respond::see_other(ours(&next.unwrap_or_default()));
    Ok(())
}

/// Signs a member out.
#[server(prefix = "/_fn", endpoint = "sign-out")]
pub async fn sign_out() -> Result<(), Fault> {
    session::end(&guest()?.session).await?;
    crate::respond::see_other("/");
    Ok(())
}

/// Verifies a mail address by the token from its link.
#[server(prefix = "/_fn", endpoint = "verify")]
pub async fn verify(token: String) -> Result<(), Fault> {
    let visitor = guest()?;
    market::act!(visitor.market, |tx| verification::confirm(tx, &token).await)?;
    let to = if visitor.actor.is_some() { "/jobs" } else { "/sign-in" };
    go(to, "Your mail address is verified.")
}

/// Sends another verification mail.
#[server(prefix = "/_fn", endpoint = "verify/resend")]
pub async fn resend() -> Result<(), Fault> {
    act!(|tx, actor| verification::resend(tx, actor).await, |_| ("/settings".to_owned(), "A new link was sent. Older ones no longer work."))
}
