//! The events that a team hears of, read with what the nouns say of them.

use crate::db::Conn;
use crate::event::{self, Viewer, Wire};
use crate::nouns::REGISTRY;
use crate::{Actor, Result, agent};

/// The actor as a listener.
pub async fn viewer(conn: &mut Conn, actor: &Actor) -> Result<Viewer> {
    Viewer::of(actor, agent::topics(conn, &actor.team).await?)
}

/// The last events that the actor's team heard, the newest first: each with the very JSON that its streams were sent.
pub async fn recent(conn: &mut Conn, actor: &Actor, limit: usize) -> Result<Vec<Wire>> {
    let viewer = viewer(conn, actor).await?;
    event::recent(conn, &REGISTRY.events, &viewer, limit).await
}

/// The number that a page of the actor's is drawn after: a stream that goes on from there misses nothing of what the page
/// does not show yet.
pub async fn place(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    let viewer = viewer(conn, actor).await?;
    event::last_heard(conn, &viewer).await
}
