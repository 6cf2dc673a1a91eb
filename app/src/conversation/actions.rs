//! The form actions of messages and ratings: each calls one act of the market.

use crate::act::act;
use crate::fault::Fault;
use crate::job::address;
use leptos::prelude::*;
use market::id::JobId;
use market::rating::Draft;
use market::{message, notification, rating};

/// The endpoint of [`say`].
pub const SAY: &str = "talk/say";
/// The endpoint of [`read`].
pub const READ: &str = "talk/read";
/// The endpoint of [`rate`].
pub const RATE: &str = "talk/rate";

/// Sends a message on a job.
#[server(prefix = "/_fn", endpoint = "talk/say")]
pub async fn say(job: String, body: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(
        |tx, actor| {
            let said = message::send(tx, actor, &id, &body).await?;
            // An answer says that the messages before it were read.
            notification::mark_messages_read(tx, actor, &id).await?;
            Ok::<_, market::Error>(said)
        },
        |said| (format!("{}#messages", address(&said.job_id)), "Your message is sent.")
    )
}

/// Marks the messages on a job as read.
#[server(prefix = "/_fn", endpoint = "talk/read")]
pub async fn read(job: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    act!(|tx, actor| notification::mark_messages_read(tx, actor, &id).await, |_| (
        format!("{}#messages", address(&id)),
        "The messages are marked as read."
    ))
}

/// Rates the other side of a completed job.
#[server(prefix = "/_fn", endpoint = "talk/rate")]
pub async fn rate(job: String, stars: Option<i64>, comment: String) -> Result<(), Fault> {
    let id = JobId::parse(&job)?;
    let draft = Draft { stars, comment };
    act!(|tx, actor| rating::rate(tx, actor, &id, &draft).await, |made| {
        let read = if made.visible_at <= made.created_at { " Both of you can read both now." } else { "" };
        (format!("{}#ratings", address(&id)), format!("You gave {} of 5.{read}", made.stars))
    })
}
