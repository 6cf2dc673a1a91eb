//! The form actions of the notification pages.

use crate::act::{act, run};
use crate::fault::Fault;
use crate::member::session::switch_team;
use crate::notification::address;
use crate::visitor::{go, guest};
use leptos::prelude::*;
use market::id::NotificationId;
use market::notification::{self, Choice};
use market::text::Word;
use market::{Error, notification::Kind};
use std::collections::BTreeMap;

const PAGE: &str = "/notifications";

/// Marks a notification as read.
#[server(prefix = "/_fn", endpoint = "notifications/read")]
pub async fn read(id: String) -> Result<(), Fault> {
    let id = NotificationId::from(id);
    act!(|tx, actor| notification::mark_read(tx, actor, &id).await, |_| (PAGE.to_owned(), "Marked as read."))
}

/// Marks all notifications as read.
#[server(prefix = "/_fn", endpoint = "notifications/read-all")]
pub async fn read_all() -> Result<(), Fault> {
    act!(|tx, actor| notification::mark_all_read(tx, actor).await, |_| (PAGE.to_owned(), "All are marked as read."))
}

/// Marks a notification as read, has the browser act for its team, and opens the page that it is about.
#[server(prefix = "/_fn", endpoint = "notifications/open")]
pub async fn open(id: String) -> Result<(), Fault> {
    let id = NotificationId::from(id);
    let told = run!(|tx, actor| notification::open(tx, actor, &id).await)?;
    let to = address(&told).unwrap_or_else(|| PAGE.to_owned());
    switch_team(&guest()?.session, Some(told.team_id)).await?;
    go(&to, format!("You act for {} now.", told.team))
}

/// Stores how the member wants each kind by mail.
#[server(prefix = "/_fn", endpoint = "settings/notifications")]
pub async fn choose(mail: BTreeMap<String, String>) -> Result<(), Fault> {
    let read = |kind: &Kind| match mail.get(kind.as_str()) {
        Some(delivery) => Choice::read(kind.as_str(), delivery),
        None => Err(Error::field("mail", format!("Choose how “{}” is mailed.", kind.spoken()))),
    };
    let choices = Kind::ALL.iter().map(read).collect::<market::Result<Vec<_>>>()?;
    act!(|tx, actor| notification::choose(tx, actor, &choices).await, |_| (
        "/settings/notifications".to_owned(),
        "Your choice of mail is saved."
    ))
}

/// Stops mails of one kind for the owner of a mail's link, who need not be signed in.
#[server(prefix = "/_fn", endpoint = "unsubscribe")]
pub async fn unsubscribe(token: String, kind: String) -> Result<(), Fault> {
    let market = guest()?.market;
    market::act!(market, |tx| notification::unsubscribe(tx, &token, &kind).await)?;
    go("/unsubscribe?done=1", "You get no more mails like that one.")
}
