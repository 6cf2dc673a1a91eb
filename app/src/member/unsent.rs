//! The form of a member whose session had ended: kept for the member, and put into the session of the next sign-in.

use crate::flash::{self, Failed};
use market::id::MemberId;
use market::{Error, Market, Result, unsent};
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

#[derive(Serialize, Deserialize)]
struct UnsentForm {
    page: String,
    failed: Failed,
}

/// Keeps a form and its page.
pub(crate) async fn keep(market: &Market, member: &MemberId, page: &str, failed: Failed) -> Result<()> {
    let form = UnsentForm { page: page.to_owned(), failed: failed.within_bounds(flash::KEPT_MAX) };
    let record = serde_json::to_string(&form).map_err(|_| Error::internal())?;
    market::act!(market, |tx| unsent::keep(tx, member, &record).await)
}

/// Puts the member's form into their new session, and returns its page.
pub(crate) async fn restore(market: &Market, session: &Session, member: &MemberId) -> Result<Option<String>> {
    let Some(record) = market::act!(market, |tx| unsent::take(tx, member).await)? else { return Ok(None) };
    // A record of another version of the program is given up.
    let Ok(UnsentForm { page, failed }) = serde_json::from_str(&record) else { return Ok(None) };
    session.insert(flash::KEY, failed.after_sign_in()).await.map_err(flash::unkept)?;
    Ok(Some(page))
}
