//! The reads of the notification pages.

use crate::fault::Fault;
use crate::visitor::visitor;
use leptos::prelude::*;
use market::notification::{self, Choice, Notification};
use market::{Page, Paging};

/// Loads a page of the member's notifications.
#[server(prefix = "/_fn", endpoint = "notifications/list")]
pub async fn list(offset: i64) -> Result<Page<Notification>, Fault> {
    let (market, actor) = visitor()?;
    Ok(notification::list(&mut market.read().await?, &actor, Paging::new(Some(30), Some(offset))?).await?)
}

/// Loads how the member wants each kind by mail.
#[server(prefix = "/_fn", endpoint = "notifications/choices")]
pub async fn choices() -> Result<Vec<Choice>, Fault> {
    let (market, actor) = visitor()?;
    Ok(notification::choices(&mut market.read().await?, &actor).await?)
}
