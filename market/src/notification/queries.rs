//! The reads of notifications.

use super::{Choice, Counts, Kind, Notification, store};
use identity::Actor;
use kernel::id::JobId;
use kernel::{Page, Paging, Result};
use platform::db::Conn;

/// Lists the actor's notifications of all teams, the last told first.
pub async fn list(conn: &mut Conn, actor: &Actor, paging: Paging) -> Result<Page<Notification>> {
    actor.must_have("users:read")?;
    store::list(conn, &actor.member, paging).await
}

/// Counts what is unread, and what waits for the actor.
pub async fn counts(conn: &mut Conn, actor: &Actor) -> Result<Counts> {
    actor.must_have("users:read")?;
    store::counts(conn, &actor.member, &actor.team).await
}

/// Counts the messages on a job of which the actor was told and that the actor has not marked as read.
pub async fn unread_messages(conn: &mut Conn, actor: &Actor, job: &JobId) -> Result<i64> {
    actor.must_have("users:read")?;
    store::unread(conn, &actor.member, job, Kind::Message).await
}

/// Lists how the actor wants each kind by mail.
pub async fn choices(conn: &mut Conn, actor: &Actor) -> Result<Vec<Choice>> {
    actor.must_have("users:read")?;
    Ok(Choice::complete(&store::choices(conn, &actor.member).await?))
}
