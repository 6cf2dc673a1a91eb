//! The mode of a database, play money or real money. It is fixed at the first start.

use crate::db::Tx;
use kernel::{Error, Result};

mod store;

/// The name of the setting.
const NAME: &str = "mode";

/// Stores the mode of a new database; an error if the database has another mode.
pub async fn pin(tx: &mut Tx, mode: &str) -> Result<()> {
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
