//! The reads and form actions of the page of a member's data.

use crate::fault::Fault;
use crate::member::session;
use crate::visitor::{go, guest, visitor};
use leptos::prelude::*;
use market::deletion::{self, Binding};
use market::export::{self, ASKED_EVERY, Export};
use serde::{Deserialize, Serialize};

/// The page of a member's data.
const PAGE: &str = "/settings/privacy";

/// The data of the page.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PrivacyPageData {
    /// The last copy that was asked for. Its link is in the mail alone.
    pub export: Option<Export>,
    /// True if another copy can be asked for.
    pub may_ask: bool,
    /// The things that bind the account.
    pub binding: Vec<Binding>,
}

/// Loads the page.
#[server(prefix = "/_fn", endpoint = "settings/privacy/show")]
pub async fn privacy_page() -> Result<PrivacyPageData, Fault> {
    let (market, actor) = visitor()?;
    let mut conn = market.read().await?;
    let last = export::last(&mut conn, &actor).await?;
    let since = conn.now.before(ASKED_EVERY);
    let may_ask = last.as_ref().is_none_or(|last| last.requested_at <= since);
    Ok(PrivacyPageData { export: last, may_ask, binding: deletion::binding(&mut conn, &actor).await? })
}

/// Asks for a copy of everything about the member.
#[server(prefix = "/_fn", endpoint = "settings/privacy/export")]
pub async fn ask_for_export(current_password: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    export::ask(&market, &actor, Some(&current_password)).await?;
    go(PAGE, "Your copy is being prepared. A link is sent to your email address.")
}

/// Closes the account, which is deleted after seven days.
#[server(prefix = "/_fn", endpoint = "settings/privacy/delete")]
pub async fn delete_account(current_password: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    deletion::ask(&market, &actor, Some(&current_password)).await?;
    session::end(&guest()?.session).await?;
    let kept = if market.rules.sandbox { " In the sandbox, emails are kept at /sandbox/mail." } else { "" };
    go(
        "/sign-in",
        format!("Your account is closed and will be deleted in seven days. To keep it, open the link in the email about it.{kept}"),
    )
}

/// Keeps an account by the token from the mailed link.
#[server(prefix = "/_fn", endpoint = "account/restore")]
pub async fn restore_account(token: String) -> Result<(), Fault> {
    let visitor = guest()?;
    market::act!(visitor.market, |tx| deletion::restore(tx, &token).await)?;
    go("/sign-in", "Your account is kept. Sign in; then make new API keys, and turn your webhooks on.")
}
