//! The reads of the worker that builds an archive.

use super::{Status, store};
use crate::inventory::{self, Whose};
use identity::internal::{self, BY_ADMIN};
use kernel::id::{ExportId, FileId, MemberId};
use kernel::{Error, Result, Time};
use platform::Market;
use platform::db::Conn;
use serde::Deserialize;
use serde_json::{Map, Value};

/// The rows that are read at a time: a version of the work can be long.
const ROWS: i64 = 50;
/// The files that are listed at a time.
const FILES: i64 = 500;

/// An export that a worker looks at.
#[derive(Clone, Debug, Deserialize)]
pub struct Claimed {
    /// Its id.
    pub id: ExportId,
    /// The member.
    pub member_id: MemberId,
    /// The status: one that is being prepared is built, any other is removed.
    pub status: Status,
    /// The number of attempts before this one.
    pub attempts: i64,
    /// The store's name for the received parts of an attempt that broke off.
    pub parts: Option<String>,
    /// When it was due.
    pub due_at: Time,
}

/// A file that the member sent.
#[derive(Clone, Debug, Deserialize)]
pub struct OwnFile {
    /// Its id.
    pub id: FileId,
    /// The name.
    pub name: String,
    /// The size in bytes.
    pub size: i64,
}

/// Returns the member whose rows an archive shows.
pub async fn whose(market: &Market, member: &MemberId) -> Result<Whose> {
    let found = internal::member(&mut market.read().await?, member).await?.ok_or_else(|| Error::not_found("member"))?;
    let login = internal::login_account(market, &found.email);
    Ok(Whose { member: found.id, email: found.email, login })
}

/// Reads rows of a part of a table from the one after `offset` others. False says that there are no more.
pub async fn rows(conn: &mut Conn, whose: &Whose, of: (&'static str, usize), offset: i64) -> Result<(Vec<Map<String, Value>>, bool)> {
    let mut rows = inventory::rows(conn, whose, of, ROWS, offset).await?;
    rows.iter_mut().for_each(open_payload);
    let is_full = i64::try_from(rows.len()).is_ok_and(|count| count == ROWS);
    Ok((rows, is_full))
}

/// Shows the facts of an event as JSON, without the admin who acted: a team does not learn who that was either.
fn open_payload(row: &mut Map<String, Value>) {
    let Some(payload) = row.get_mut("payload") else { return };
    if let Some(Ok(Value::Object(mut facts))) = payload.as_str().map(serde_json::from_str) {
        facts.remove(BY_ADMIN);
        *payload = Value::Object(facts);
    }
}

/// Lists the member's files, from the one after another. False says that there are no more.
pub async fn files(market: &Market, whose: &Whose, after: &str) -> Result<(Vec<OwnFile>, bool)> {
    let files = store::files(&mut market.read().await?, &whose.member, after, FILES).await?;
    let is_full = i64::try_from(files.len()).is_ok_and(|count| count == FILES);
    Ok((files, is_full))
}
