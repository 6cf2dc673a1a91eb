//! The reads of endpoints.

use super::store::{self, Row};
use super::{Config, Endpoint};
use crate::wire::{Dialect, WireEvent};
use identity::Actor;
use kernel::id::EndpointId;
use kernel::{Error, Result};
use platform::db::Conn;

/// Lists the endpoints of the actor's team, oldest first. A team has a limited number of them.
pub async fn list(conn: &mut Conn, actor: &Actor) -> Result<Vec<Endpoint>> {
    actor.must_have("events:read")?;
    store::list(conn, &actor.team).await
}

/// Returns an endpoint of the actor's team; another team's is not found.
pub async fn find(conn: &mut Conn, actor: &Actor, id: &EndpointId) -> Result<Endpoint> {
    actor.must_have("events:read")?;
    Ok(of_team(conn, actor, id).await?.endpoint)
}

/// Lists the events that an endpoint of a dialect can want, each with its meaning.
pub fn event_names(config: &Config<'_>, dialect: Dialect) -> Vec<WireEvent> {
    config.events(dialect)
}

/// Loads an endpoint of the actor's team; another team's is not found.
pub(crate) async fn of_team(conn: &mut Conn, actor: &Actor, id: &EndpointId) -> Result<Row> {
    store::find(conn, &actor.team, id).await?.ok_or_else(|| Error::not_found("webhook"))
}

/// Fails unless the actor may hear all that the endpoint hears: bodies of deliveries hold it.
pub(crate) fn must_cover(actor: &Actor, row: &Row) -> Result<()> {
    actor.must_cover(&row.endpoint.scopes)
}
