//! What forms do to files. How one is sent is the server's own route: it is read as it arrives.

use crate::fault::Fault;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use crate::job::address;
#[cfg(feature = "ssr")]
use crate::visitor::{go, visitor};
#[cfg(feature = "ssr")]
use market::file;
#[cfg(feature = "ssr")]
use market::id::JobId;

/// What the server calls the form that sends a file.
pub const SEND: &str = "files/send";
/// Where forms find [`take_back`].
pub const TAKE_BACK: &str = "files/take-back";

/// Takes a file back, as long as nobody relies on it.
#[server(prefix = "/_fn", endpoint = "files/take-back")]
pub async fn take_back(file: String, job: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let id = JobId::parse(&job)?;
    let mut tx = market.begin().await?;
    let gone = file::take_back(&mut tx, &actor, &id, &file).await?;
    tx.commit().await?;
    go(&address(&id), format!("{} is taken back.", gone.name)).await
}
