//! The form actions of messages and ratings: each calls one act of the market.

use crate::fault::Fault;
use crate::job::address;
use crate::visitor::{go, visitor};
use leptos::prelude::*;
use market::id::JobId;
use market::rating::Draft;
use market::{message, rating};

/// The endpoint of [`say`].
pub const SAY: &str = "talk/say";
/// The endpoint of [`rate`].
pub const RATE: &str = "talk/rate";

/// Sends a message on a job.
#[server(prefix = "/_fn", endpoint = "talk/say")]
pub async fn say(job: String, body: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let mut tx = market.begin().await?;
    let said = message::send(&mut tx, &actor, &JobId::parse(&job)?, &body).await?;
    tx.commit().await?;
    go(&format!("{}#messages", address(&said.job_id)), "Your message is sent.").await
}

/// Rates the other side of a completed job.
#[server(prefix = "/_fn", endpoint = "talk/rate")]
pub async fn rate(job: String, stars: Option<i64>, comment: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let id = JobId::parse(&job)?;
    let mut tx = market.begin().await?;
    let made = rating::rate(&mut tx, &actor, &id, &Draft { stars, comment }).await?;
    tx.commit().await?;
    let read = if made.visible_at <= made.created_at { " Both of you can read both now." } else { "" };
    go(&format!("{}#ratings", address(&id)), format!("You gave {} of 5.{read}", made.stars)).await
}
