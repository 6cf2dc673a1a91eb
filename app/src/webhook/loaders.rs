//! The reads of the webhook pages.

use crate::fault::Fault;
use crate::visitor::{guest, visitor};
use leptos_router::params::ParamsMap;
use market::delivery::{self, Delivery, Shown, State};
use market::endpoint::{self, Config, DisabledReason, Endpoint};
use market::id::{DeliveryId, EndpointId};
use market::wire::{Dialect, WireEvent};
use market::{Actor, Error, Kind, Page, Paging, db};

/// The number of deliveries on a page.
const SHOWN: i64 = 20;

/// The events that an endpoint of a dialect can hear.
pub struct DialectEvents {
    pub(super) dialect: Dialect,
    pub(super) events: Vec<WireEvent>,
}

/// The endpoints of a team.
pub struct EndpointsView {
    /// The endpoints, oldest first.
    pub(super) endpoints: Vec<Endpoint>,
    /// Those that were disabled because they failed, with the number of deliveries that wait.
    pub(super) broken: Vec<(Endpoint, i64)>,
    /// The dialects that this server serves.
    pub(super) dialects: Vec<DialectEvents>,
}

/// An endpoint with its log.
pub struct EndpointView {
    pub(super) endpoint: Endpoint,
    /// The deliveries, newest first; the refusal for a member who may not hear all that the endpoint hears.
    pub(super) log: Result<Page<Delivery>, Error>,
    /// The number of deliveries that wait.
    pub(super) waiting: i64,
    pub(super) events: DialectEvents,
    pub(super) params: LogParams,
}

/// The query parameters of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LogParams {
    /// The state of the deliveries; none for all.
    pub(super) state: Option<State>,
    offset: i64,
}

impl LogParams {
    /// Reads the parameters; unknown values are ignored.
    pub fn read(query: &ParamsMap) -> Self {
        let state = query.get("state").and_then(|word| State::ALL.iter().copied().find(|state| state.as_str() == word));
        let offset = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
        Self { state, offset }
    }
}

/// Loads the endpoints of the member's team.
pub async fn endpoints() -> Result<EndpointsView, Fault> {
    let (market, actor) = visitor()?;
    let webhooks = guest()?.webhooks;
    let conn = &mut market.read().await?;
    let endpoints = endpoint::list(conn, &actor).await?;
    let mut broken = Vec::new();
    for endpoint in &endpoints {
        if matches!(endpoint.disabled_reason, Some(DisabledReason::Gone | DisabledReason::Failing)) {
            broken.push((endpoint.clone(), waiting(conn, &actor, endpoint).await?));
        }
    }
    let config = webhooks.config(&market);
    let served = Dialect::ALL.iter().filter(|dialect| config.wire(**dialect).is_some());
    let dialects = served.map(|&dialect| events(&config, dialect)).collect();
    Ok(EndpointsView { endpoints, broken, dialects })
}

/// Loads an endpoint of the member's team.
pub async fn endpoint(id: String, params: LogParams) -> Result<EndpointView, Fault> {
    let (market, actor) = visitor()?;
    let webhooks = guest()?.webhooks;
    let conn = &mut market.read().await?;
    let endpoint = endpoint::find(conn, &actor, &EndpointId::from(id)).await?;
    let paging = Paging::new(Some(SHOWN), Some(params.offset))?;
    let log = match delivery::list(conn, &actor, &endpoint.id, params.state, paging).await {
        Err(error) if error.kind != Kind::Forbidden => return Err(error.into()),
        log => log,
    };
    let waiting = waiting(conn, &actor, &endpoint).await?;
    let events = events(&webhooks.config(&market), endpoint.dialect);
    Ok(EndpointView { endpoint, log, waiting, events, params })
}

/// Loads a delivery to an endpoint of the member's team.
pub async fn show(endpoint: String, id: String) -> Result<(Endpoint, Shown), Fault> {
    let (market, actor) = visitor()?;
    let conn = &mut market.read().await?;
    let endpoint = endpoint::find(conn, &actor, &EndpointId::from(endpoint)).await?;
    let shown = delivery::show(conn, &actor, &DeliveryId::from(id)).await?;
    if shown.delivery.endpoint_id != endpoint.id {
        return Err(Error::not_found("delivery").into());
    }
    Ok((endpoint, shown))
}

/// Counts the deliveries that wait; a member who may not see them is told of none.
async fn waiting(conn: &mut db::Conn, actor: &Actor, endpoint: &Endpoint) -> Result<i64, Error> {
    if actor.must_cover(&endpoint.scopes).is_err() {
        return Ok(0);
    }
    let waiting = delivery::list(conn, actor, &endpoint.id, Some(State::Waiting), Paging::new(Some(1), None)?).await?;
    Ok(waiting.total)
}

fn events(config: &Config<'_>, dialect: Dialect) -> DialectEvents {
    DialectEvents { dialect, events: config.events(dialect) }
}
