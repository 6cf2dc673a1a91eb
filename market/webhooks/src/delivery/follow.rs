//! The follower of the events: it writes a delivery for each endpoint that hears one.

use super::render::{self, Facts};
use super::store::{self, New};
use crate::endpoint::store::{self as endpoints, Listener};
use crate::wire::{self, Wire};
use kernel::Result;
use kernel::id::{AgentId, TeamId};
use platform::db::{Conn, Tx};
use platform::event::{self, ConcernedAgents, Event, Follower, Topic};
use platform::registry::Registry;
use platform::{Market, act};
use std::collections::{BTreeMap, HashMap};

/// The number of events that are read at a time.
const BATCH: i64 = 256;
/// The number of deliveries after which a transaction takes no further event: on SQLite it holds the only writer.
const DELIVERIES_MAX: usize = 1_000;
/// The number of waiting events from which they wait for no acts.
const BEHIND_MAX: i64 = 20_000;
/// The first letters of a team's id, in an audience.
const TEAM: &str = "team_";
/// The first letters of the topics of audit logs, which nobody follows.
const AUDIT: &str = "audit:";

/// Returns true if so many events wait for their deliveries that nothing may keep them longer.
pub async fn is_far_behind(market: &Market) -> Result<bool> {
    let mut conn = market.read().await?;
    let from = event::followed(&mut conn, Follower::Webhooks).await?;
    Ok(event::latest(&mut conn).await? - from > BEHIND_MAX)
}

/// Handles the next events that nobody has handled; false if there are none. Several processes may call it at once: one of them writes.
pub async fn follow(market: &Market, wires: &'static [Wire]) -> Result<bool> {
    let mut conn = market.read().await?;
    let from = event::followed(&mut conn, Follower::Webhooks).await?;
    // The number comes before the look for endpoints: one that is made meanwhile hears only what happens after it.
    let latest = event::latest(&mut conn).await?;
    if latest <= from {
        return Ok(false);
    }
    let round = match endpoints::any(&mut conn).await? {
        true => Round::read(&mut conn, market.registry, wires, from).await?,
        false => Round { to: latest, ..Round::default() },
    };
    drop(conn);
    act!(market, |tx| round.write(tx, from).await)?;
    Ok(true)
}

/// The deliveries of the next events.
#[derive(Default)]
struct Round {
    /// The number of the last event that was handled.
    to: i64,
    deliveries: Vec<New>,
    /// The endpoints whose topics changed, each with its topics.
    topics: Vec<(i64, Vec<Topic>)>,
}

impl Round {
    /// Reads the next events and all that their deliveries need, before the writer is held.
    async fn read(conn: &mut Conn, registry: &Registry, wires: &'static [Wire], from: i64) -> Result<Round> {
        let events = event::since(conn, from, BATCH).await?;
        let audience = Audience::of(conn, &events).await?;
        let bound = audience.teams_of_agents();
        let concerned = if bound.is_empty() { ConcernedAgents::default() } else { (registry.agents_of)(conn, &events, &bound).await? };
        let facts = Facts { catalogue: &registry.events, concerned: &concerned };
        let mut round = Round { to: from, ..Round::default() };
        for event in &events {
            round.to = event.seq;
            for (listener, topics) in audience.hearing(event) {
                let Some(wire) = wire::find(wires, listener.dialect) else { continue };
                round.deliveries.extend(render::delivery(facts, wire, listener, &topics, event));
            }
            if registry.events.find(&event.name).is_some_and(|spec| spec.moves_topics) && round.follow_topics(conn, registry, event).await?
            {
                // The next round finds the endpoints by their new topics.
                break;
            }
            if round.deliveries.len() >= DELIVERIES_MAX {
                break;
            }
        }
        Ok(round)
    }

    /// Reads the topics that the endpoints of an event's team hear from now on; false if the team has no endpoints.
    async fn follow_topics(&mut self, conn: &mut Conn, registry: &Registry, event: &Event) -> Result<bool> {
        let team = &event.team_id;
        let bound = endpoints::agents_of_endpoints(conn, team).await?;
        if bound.is_empty() {
            return Ok(false);
        }
        let of_team = (registry.topics_of)(conn, team).await?;
        let has_agents = bound.iter().any(|endpoint| endpoint.agent_id.is_some());
        let of_agents = if has_agents { (registry.topics_of_agents)(conn, team).await? } else { HashMap::new() };
        let topics = |agent: Option<&AgentId>| agent.map_or(Some(&of_team), |agent| of_agents.get(agent)).cloned().unwrap_or_default();
        self.topics = bound.into_iter().map(|endpoint| (endpoint.key, topics(endpoint.agent_id.as_ref()))).collect();
        Ok(true)
    }

    /// Writes the deliveries, unless another process did.
    async fn write(&self, tx: &mut Tx, from: i64) -> Result<()> {
        if !event::advance(tx, Follower::Webhooks, from, self.to).await? {
            return Ok(());
        }
        store::insert_all(tx, &self.deliveries).await?;
        // In the order of their keys, as everybody locks endpoints.
        let mut woken: Vec<i64> = self.deliveries.iter().map(|new| new.endpoint_key).collect();
        woken.sort_unstable();
        woken.dedup();
        for key in woken {
            endpoints::wake(tx, key).await?;
        }
        for (key, topics) in &self.topics {
            endpoints::set_topics(tx, *key, topics).await?;
        }
        Ok(())
    }
}

/// The active endpoints that may hear some of a batch's events.
#[derive(Default)]
struct Audience {
    by_team: BTreeMap<TeamId, Vec<Listener>>,
    by_topic: BTreeMap<String, Vec<(Listener, i64)>>,
}

impl Audience {
    /// Reads the endpoints of the teams and topics that events name.
    async fn of(conn: &mut Conn, events: &[Event]) -> Result<Audience> {
        let named = || events.iter().flat_map(|event| event.audience.split(' ')).filter(|heard| !heard.is_empty());
        let mut teams: Vec<&str> = named().filter(|heard| heard.starts_with(TEAM)).collect();
        teams.extend(events.iter().map(|event| event.team_id.as_str()));
        let mut topics: Vec<&str> = named().filter(|heard| !heard.starts_with(TEAM) && !heard.starts_with(AUDIT)).collect();
        for list in [&mut teams, &mut topics] {
            list.sort_unstable();
            list.dedup();
        }
        let mut audience = Audience::default();
        for listener in endpoints::listening_teams(conn, &teams).await? {
            audience.by_team.entry(listener.team_id.clone()).or_default().push(listener);
        }
        for (Topic { name, worth_min }, listener) in endpoints::listening_topics(conn, &topics).await? {
            audience.by_topic.entry(name).or_default().push((listener, worth_min));
        }
        Ok(audience)
    }

    /// Lists the teams that have endpoints of single agents.
    fn teams_of_agents(&self) -> Vec<TeamId> {
        let has_one = |of: &[Listener]| of.iter().any(|listener| listener.agent_id.is_some());
        self.by_team.iter().filter(|(_, of)| has_one(of)).map(|(team, _)| team.clone()).collect()
    }

    /// Lists the endpoints that are in an event's audience, each once and with the topics by which it is.
    fn hearing(&self, event: &Event) -> Vec<(&Listener, Vec<Topic>)> {
        let mut found: BTreeMap<i64, (&Listener, Vec<Topic>)> = BTreeMap::new();
        for heard in event.audience.split(' ') {
            for (listener, worth_min) in self.by_topic.get(heard).into_iter().flatten() {
                let topic = Topic { name: heard.to_owned(), worth_min: *worth_min };
                found.entry(listener.key).or_insert_with(|| (listener, Vec::new())).1.push(topic);
            }
        }
        let named = event.audience.split(' ').filter(|heard| heard.starts_with(TEAM)).map(TeamId::from);
        for team in std::iter::once(event.team_id.clone()).chain(named) {
            for listener in self.by_team.get(&team).into_iter().flatten() {
                found.entry(listener.key).or_insert_with(|| (listener, Vec::new()));
            }
        }
        found.into_values().filter(|(listener, _)| listener.from_seq < event.seq).collect()
    }
}
