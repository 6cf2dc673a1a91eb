//! The form actions of files. Uploads have a route in the server, because they are read as they arrive.

use crate::fault::Fault;
use crate::job::address;
use crate::visitor::{go, visitor};
use leptos::prelude::*;
use market::file;
use market::id::JobId;

/// The name of the upload form in the server.
pub const SEND: &str = "files/send";
/// The endpoint of [`take_back`].
pub const TAKE_BACK: &str = "files/take-back";

/// Removes a file that its owner may still take back.
#[server(prefix = "/_fn", endpoint = "files/take-back")]
pub async fn take_back(file: String, job: String) -> Result<(), Fault> {
    let (market, actor) = visitor()?;
    let id = JobId::parse(&job)?;
    let mut tx = market.begin().await?;
    let gone = file::take_back(&mut tx, &actor, &id, &file).await?;
    tx.commit().await?;
    go(&address(&id), format!("{} is taken back.", gone.name)).await
}
