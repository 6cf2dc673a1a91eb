//! The reads of the webhook pages.

use crate::fault::Fault;
use crate::url;
use crate::visitor::{guest, visitor};
use leptos_router::params::ParamsMap;
use market::delivery::{self, Delivery, LogFilter, Shown, State};
use market::endpoint::{self, Config, DisabledReason, Endpoint};
use market::id::{AgentId, DeliveryId, EndpointId};
use market::wire::{Dialect, WireEvent};
use market::{Actor, Error, Kind, Page, Paging, agent, db};

/// The number of deliveries on a page.
const SHOWN: i64 = 20;

/// The events that an endpoint of a dialect can hear.
pub struct DialectEvents {
    pub(super) dialect: Dialect,
    pub(super) events: Vec<WireEvent>,
}

/// An agent to which an endpoint can belong.
#[derive(Clone, Debug)]
pub struct Choice {
    pub(super) id: AgentId,
    pub(super) name: String,
}

/// The endpoints of a team.
pub struct EndpointsView {
    /// The endpoints, oldest first.
    pub(super) endpoints: Vec<Endpoint>,
    /// Those that were disabled because they failed, with the number of deliveries that wait.
    pub(super) broken: Vec<(Endpoint, i64)>,
    /// The dialects that this server serves.
    pub(super) dialects: Vec<DialectEvents>,
    /// The team's agents, as far as the member may see them.
    pub(super) agents: Vec<Choice>,
}

/// An endpoint with its log.
pub struct EndpointView {
    pub(super) endpoint: Endpoint,
    /// The deliveries, newest first; the refusal for a member who may not hear all that the endpoint hears.
    pub(super) log: Result<Page<Delivery>, Error>,
    /// The number of deliveries that wait.
    pub(super) waiting: i64,
    pub(super) events: DialectEvents,
    /// The team's agents, as far as the member may see them.
    pub(super) agents: Vec<Choice>,
    pub(super) params: LogParams,
}

/// The query parameters of the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogParams {
    /// The deliveries that are wanted.
    pub(super) wanted: LogFilter,
    offset: i64,
}

impl LogParams {
    /// Reads the parameters; unknown values are ignored.
    pub fn read(query: &ParamsMap) -> Self {
        let state = query.get("state").and_then(|word| State::ALL.iter().copied().find(|state| state.as_str() == word));
        let offset = query.get("offset").and_then(|text| text.parse().ok()).unwrap_or(0);
        let given = |name: &str| query.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        let wanted = LogFilter { state, event: given("event"), id: given("delivery").map(DeliveryId::from) };
        Self { wanted, offset }
    }

    /// Returns true if not all deliveries are wanted.
    pub(super) fn is_narrow(&self) -> bool {
        self.wanted != LogFilter::default()
    }

    /// Returns the address of the log that these parameters narrow, without its offset.
    pub(super) fn address(&self, page: &str) -> String {
        let LogFilter { state, event, id } = &self.wanted;
        let pairs = [
            ("state", state.map_or("", State::as_str)),
            ("event", event.as_deref().unwrap_or_default()),
            ("delivery", id.as_ref().map_or("", DeliveryId::as_str)),
        ];
        url::with_query(page, &pairs)
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
    let agents = agents(conn, &actor).await?;
    Ok(EndpointsView { endpoints, broken, dialects, agents })
}

/// Loads an endpoint of the member's team.
pub async fn endpoint(id: String, params: LogParams) -> Result<EndpointView, Fault> {
    let (market, actor) = visitor()?;
    let webhooks = guest()?.webhooks;
    let conn = &mut market.read().await?;
    let endpoint = endpoint::find(conn, &actor, &EndpointId::from(id)).await?;
    let paging = Paging::new(Some(SHOWN), Some(params.offset))?;
    let log = match delivery::list(conn, &actor, &endpoint.id, &params.wanted, paging).await {
        Err(error) if error.kind != Kind::Forbidden => return Err(error.into()),
        log => log,
    };
    let waiting = waiting(conn, &actor, &endpoint).await?;
    let events = events(&webhooks.config(&market), endpoint.dialect);
    let agents = agents(conn, &actor).await?;
    Ok(EndpointView { endpoint, log, waiting, events, agents, params })
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
    let waiting = delivery::list(conn, actor, &endpoint.id, &LogFilter::of(State::Waiting), Paging::new(Some(1), None)?).await?;
    Ok(waiting.total)
}

/// Lists the agents of the member's team; none for a member who may not see them.
async fn agents(conn: &mut db::Conn, actor: &Actor) -> Result<Vec<Choice>, Error> {
    if !actor.may("agents:read") {
        return Ok(Vec::new());
    }
    let all = agent::list(conn, actor, Paging::new(Some(agent::AGENTS_MAX), None)?).await?;
    Ok(all.items.into_iter().map(|agent| Choice { id: agent.id, name: agent.name }).collect())
}

fn events(config: &Config<'_>, dialect: Dialect) -> DialectEvents {
    DialectEvents { dialect, events: config.events(dialect) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrowed_log_has_an_address() {
        let mut map = ParamsMap::new();
        for (name, value) in [("state", "failed"), ("event", "job.posted"), ("delivery", " msg_1 "), ("offset", "20"), ("x", "y")] {
            map.insert(name, value.to_owned());
        }
        let params = LogParams::read(&map);
        assert_eq!(
            (params.address("/webhooks/wh_1").as_str(), params.offset),
            ("/webhooks/wh_1?state=failed&event=job.posted&delivery=msg_1", 20)
        );
        let all = LogParams::read(&ParamsMap::new());
        assert_eq!((all.address("/webhooks/wh_1").as_str(), all.is_narrow(), params.is_narrow()), ("/webhooks/wh_1", false, true));
    }
}
