//! The form actions of files. Uploads have a route in the server, because they are read as they arrive.

use crate::act::act;
use crate::fault::Fault;
use crate::job::address;
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
    let id = JobId::parse(&job)?;
    act!(|tx, actor| file::take_back(tx, actor, &id, &file).await, |gone| (
        format!("{}#files", address(&id)),
        format!("{} is removed.", gone.name)
    ))
}
