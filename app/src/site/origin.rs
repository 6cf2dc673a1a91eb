//! The origin of a form: the member and the team it was drawn for. A form acts for nobody else.

use super::request::PageContext;
use crate::member::{SIGN_IN_REQUIRED, must_be_own_form};
use crate::ui::form::{MARK, TEAM};
use market::id::MemberId;
use market::{Error, Market, Result, idempotency, session};

/// The forms that a page of a member has and that need no session.
const WITHOUT_SESSION: [&str; 8] =
    ["sign-out", "verify", "reset-password", "confirm-address", "not-me", "account/restore", "sandbox/pay", "sandbox/cancel"];

/// Returns the member whose page the form was on.
pub(super) fn member(market: &Market, typed: &[(String, String)]) -> Option<MemberId> {
    session::marked(market, hidden(typed, MARK)?)
}

/// Fails if the browser belongs to another member by now, or to none, or acts for another team.
pub(super) async fn check(page_context: &PageContext, form: &str, typed: &[(String, String)]) -> Result<()> {
    let market = &page_context.visitor.market;
    let Some(actor) = &page_context.visitor.actor else {
        return match member(market, typed) {
            Some(_) if !WITHOUT_SESSION.contains(&form) => Err(sign_in_first()),
            _ => Ok(()),
        };
    };
    must_be_own_form(market, actor, page_context.name(), hidden(typed, MARK))?;
    match hidden(typed, TEAM) {
        Some(team) if team != actor.team.as_str() && !is_answered(page_context).await? => Err(other_team()),
        _ => Ok(()),
    }
}

/// Returns true for a second press: the first one may have switched the team.
async fn is_answered(page_context: &PageContext) -> Result<bool> {
    let Some(ticket) = &page_context.visitor.once else { return Ok(false) };
    idempotency::is_answered(&mut page_context.visitor.market.read().await?, ticket).await
}

/// Returns the value of a hidden field.
pub(super) fn hidden<'t>(typed: &'t [(String, String)], name: &str) -> Option<&'t str> {
    typed.iter().find(|(given, _)| given == name).map(|(_, value)| value.as_str())
}

fn sign_in_first() -> Error {
    Error::unauthenticated(SIGN_IN_REQUIRED, "You are signed out. Sign in, and what you typed is in the form again.")
}

fn other_team() -> Error {
    Error::conflict(
        "other_team",
        "Nothing was done: this form was opened for another team than the one you act for now. Switch back, or check the form and send it again for this team.",
    )
}
