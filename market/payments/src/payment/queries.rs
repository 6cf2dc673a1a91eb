//! The reads of a provider's news.

use super::{RefusedNews, store};
use identity::Actor;
use kernel::Result;
use platform::db::Conn;

/// Lists the news that were refused, the newest first, those before the id `before`. For admins of the server alone.
pub async fn refused(conn: &mut Conn, actor: &Actor, before: Option<&str>, limit: i64) -> Result<Vec<RefusedNews>> {
    actor.must_run_the_server()?;
    store::refused(conn, before, limit).await
}
