//! The rendering of an event for an endpoint. Pure.

use super::BODY_MAX;
use super::store::New;
use crate::endpoint::store::Listener;
use crate::endpoint::wants;
use crate::wire::{Envelope, Heard, Message, Wire};
use kernel::Time;
use kernel::id::DeliveryId;
use platform::event::{Catalogue, ConcernedAgents, Event, Topic, Viewer, view};
use serde_json::{Value, json};

/// The facts by which events are rendered.
#[derive(Clone, Copy)]
pub(super) struct Facts<'a> {
    pub(super) catalogue: &'a Catalogue,
    /// The agents that the events concern, in each team that has an endpoint of one agent.
    pub(super) concerned: &'a ConcernedAgents,
}

/// Returns the delivery of an event to an endpoint that hears these topics; none if the endpoint does not hear it.
pub(super) fn delivery(facts: Facts<'_>, wire: &Wire, listener: &Listener, topics: &[Topic], event: &Event) -> Option<New> {
    let Facts { catalogue, concerned } = facts;
    let held = catalogue.scopes().into_iter().filter(|scope| listener.scopes.iter().any(|held| held == scope));
    let viewer = Viewer { team: listener.team_id.clone(), topics: topics.to_vec(), scopes: held.collect() };
    let relation = event.relation_to(&viewer)?;
    let view = view(catalogue, event, &viewer)?;
    let heard = Heard { name: &event.name, view: &view, relation };
    let message = (wire.tell)(&heard).filter(|message| wants(&listener.events, &message.event))?;
    if !is_for_agent(concerned, wire, listener, event, &message) {
        return None;
    }
    let new = new(wire, listener.key, &message.event, event.at, &message.data);
    Some(New { event_seq: Some(event.seq), ..new })
}

/// Returns false if the endpoint belongs to an agent, and the event is about another one of the team, or about the whole team and the
/// dialect does not send those to agents.
fn is_for_agent(concerned: &ConcernedAgents, wire: &Wire, listener: &Listener, event: &Event, message: &Message) -> bool {
    let Some(agent) = &listener.agent_id else { return true };
    let team = &listener.team_id;
    // Outside the team's own events, the endpoint heard it by a topic, and those are its agent's.
    if !event.is_for(team) {
        return true;
    }
    match concerned.is_team_wide(event, team) {
        true => wire.team_wide.contains(&message.event.as_ref()),
        false => concerned.contains(event, team, agent),
    }
}

/// Returns a delivery of no event in particular.
pub(super) fn new(wire: &Wire, endpoint_key: i64, event: &str, at: Time, data: &Value) -> New {
    let id = DeliveryId::new();
    let body = |data| (wire.body)(&Envelope { id: &id, event, at, data });
    let whole = body(data);
    let body = match whole.len() > BODY_MAX {
        true => body(&json!({ "omitted": "The data is larger than 64 KiB. Read it from the API." })),
        false => whole,
    };
    New { id, endpoint_key, event_seq: None, event: event.to_owned(), event_at: at, body }
}
