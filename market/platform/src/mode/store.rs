//! The table of the database's settings.

use crate::db::{Tx, sql};
use kernel::{Error, Result};

/// Stores a value unless there is one; returns the stored one.
pub(super) async fn keep(tx: &mut Tx, name: &str, value: &str) -> Result<String> {
    sql("insert into setting (name, value) values ($1, $2) on conflict (name) do nothing").bind(name).bind(value).run(tx).await?;
    sql("select value from setting where name = $1").bind(name).optional(tx).await?.ok_or_else(Error::internal)
}
