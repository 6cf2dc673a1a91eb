//! The reads of deliveries. Their bodies hold what the endpoint hears, so whoever reads them has its scopes.

use super::store::{self, Row};
use super::{Attempt, Delivery, LogFilter};
use crate::endpoint;
use identity::Actor;
use kernel::id::{DeliveryId, EndpointId};
use kernel::{Error, Page, Paging, Result};
use platform::db::Conn;
use serde::{Deserialize, Serialize};

/// The most attempts of a delivery that are shown, the last ones.
const ATTEMPTS_MAX: i64 = 50;

/// A delivery with its body and its attempts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// The delivery.
    pub delivery: Delivery,
    /// The body that is sent.
    pub body: String,
    /// The last attempts, the last one first.
    pub attempts: Vec<Attempt>,
}

/// Lists the deliveries of an endpoint of the actor's team that are wanted, newest first.
pub async fn list(conn: &mut Conn, actor: &Actor, id: &EndpointId, wanted: &LogFilter, paging: Paging) -> Result<Page<Delivery>> {
    actor.must_have("events:read")?;
    let row = endpoint::of_team(conn, actor, id).await?;
    endpoint::must_cover(actor, &row)?;
    match wanted {
        LogFilter { id: Some(id), .. } => {
            let found: Vec<_> = store::find_in(conn, row.key, id).await?.into_iter().filter(|found| wanted.wants(found)).collect();
            let total = i64::try_from(found.len()).unwrap_or_default();
            let items = if paging.offset == 0 { found } else { Vec::new() };
            Ok(Page::new(items, total, paging))
        }
        LogFilter { event: Some(event), state, .. } => store::list_of_event(conn, row.key, event, *state, paging).await,
        LogFilter { state: Some(state), .. } => store::list_of(conn, row.key, *state, paging).await,
        LogFilter { .. } => store::list(conn, row.key, paging).await,
    }
}

/// Returns a delivery of the actor's team with its body and its attempts; another team's is not found.
pub async fn show(conn: &mut Conn, actor: &Actor, id: &DeliveryId) -> Result<Shown> {
    actor.must_have("events:read")?;
    let row = of_team(conn, actor, id).await?;
    let attempts = store::attempts(conn, row.key, ATTEMPTS_MAX).await?;
    Ok(Shown { delivery: row.delivery, body: row.body, attempts })
}

/// Fails unless a delivery of the actor's team is one of this endpoint.
pub async fn must_be_of(conn: &mut Conn, actor: &Actor, endpoint: &EndpointId, id: &DeliveryId) -> Result<()> {
    actor.must_have("events:read")?;
    let row = of_team(conn, actor, id).await?;
    if row.delivery.endpoint_id == *endpoint { Ok(()) } else { Err(Error::not_found("delivery")) }
}

/// Lists the last attempts of a delivery of the actor's team, the last one first.
pub async fn attempts(conn: &mut Conn, actor: &Actor, id: &DeliveryId) -> Result<Vec<Attempt>> {
    Ok(show(conn, actor, id).await?.attempts)
}

/// Loads a delivery of the actor's team, for somebody who may hear all that its endpoint hears.
pub(super) async fn of_team(conn: &mut Conn, actor: &Actor, id: &DeliveryId) -> Result<Row> {
    let row = store::find(conn, actor.team.as_str(), id).await?.ok_or_else(|| Error::not_found("delivery"))?;
    let endpoint = endpoint::of_team(conn, actor, &row.delivery.endpoint_id).await?;
    endpoint::must_cover(actor, &endpoint)?;
    Ok(row)
}
