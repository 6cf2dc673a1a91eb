//! The form actions of members: sign-up, sign-in, sign-out, verification.

use crate::fault::Fault;
use crate::member::session;
use crate::url::ours;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::{member, password, verification};

/// Creates an account and signs in.
#[server(prefix = "/_fn", endpoint = "sign-up")]
pub async fn sign_up(name: String, email: String, password: String, next: Option<String>) -> Result<(), Fault> {
    let visitor = guest()?;
    let draft = member::Draft { email, password, name }.check()?;
    let hash = password::hash(&draft.password).await?;
    let mut tx = visitor.market.begin().await?;
    let member = member::sign_up(&mut tx, &draft, hash).await?;
    tx.commit().await?;
    session::begin(&visitor.session, &member).await?;
    go(
        ours(&next.unwrap_or_default()),
        format!("Welcome, {}. A link to verify your mail address was sent to {}.", member.name, member.email),
    )
    .await
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
    let mut tx = visitor.market.begin().await?;
    verification::confirm(&mut tx, &token).await?;
    tx.commit().await?;
    let to = if visitor.actor.is_some() { "/jobs" } else { "/sign-in" };
    go(to, "Your mail address is verified.").await
}

/// Sends another verification mail.
#[server(prefix = "/_fn", endpoint = "verify/resend")]
pub async fn resend() -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    verification::resend(&mut tx, &actor).await?;
    tx.commit().await?;
    go("/settings", "A new link was sent. Older ones no longer work.").await
}
