//! Whether a database holds play money or real money: said at its first start, for good.

use crate::db::Tx;
use crate::{Error, Result};

mod store;

/// What the setting is called.
const NAME: &str = "mode";

/// Keeps the mode of a database that has none yet; refuses one that was kept under another.
pub async fn keep(tx: &mut Tx, mode: &str) -> Result<()> {
    let kept = store::keep(tx, NAME, mode).await?;
    if kept == mode {
        return Ok(());
    }
    Err(Error::conflict(
        "other_mode",
        format!(
            "The database was begun in {kept} mode and this is {mode} mode: what is in it must not be taken for the other kind of money. \
             Set GUILDHALL_MODE={kept}, or begin a new database with another GUILDHALL_DATA or GUILDHALL_DATABASE."
        ),
    ))
}
