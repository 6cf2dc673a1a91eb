//! The feed of a team: the events that it receives, rendered by the catalogue.

use crate::nouns::REGISTRY;
use crate::preference;
use identity::Actor;
use kernel::Result;
use platform::db::Conn;
use platform::event::{self, EventView, Viewer};

/// Returns the actor as the viewer of events.
pub async fn viewer(conn: &mut Conn, actor: &Actor) -> Result<Viewer> {
    actor.must_have("events:read")?;
    let topics = preference::topics(conn, &actor.team).await?;
    let scopes = REGISTRY.events.scopes().into_iter().filter(|scope| actor.must_have(scope).is_ok()).collect();
    Ok(Viewer { team: actor.team.clone(), topics, scopes })
}

/// Lists the last events that the actor's team received, newest first, each with the JSON that its streams sent.
pub async fn recent(conn: &mut Conn, actor: &Actor, limit: usize) -> Result<Vec<EventView>> {
    let viewer = viewer(conn, actor).await?;
    event::recent(conn, &REGISTRY.events, &viewer, limit).await
}

/// Returns the number of the last event before a page of the actor is rendered: a stream that continues after it misses
/// nothing.
pub async fn place(conn: &mut Conn, actor: &Actor) -> Result<i64> {
    let viewer = viewer(conn, actor).await?;
    event::last_heard(conn, &viewer).await
}
