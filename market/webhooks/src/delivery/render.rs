//! The rendering of an event for an endpoint. Pure.

use super::BODY_MAX;
use super::store::New;
use crate::endpoint::store::Listener;
use crate::endpoint::wants;
use crate::wire::{Envelope, Heard, Wire};
use kernel::Time;
use kernel::id::DeliveryId;
use platform::event::{Catalogue, Event, Topic, Viewer, view};
use serde_json::{Value, json};

/// Returns the delivery of an event to an endpoint whose team follows these topics; none if the endpoint does not hear it.
pub(super) fn delivery(catalogue: &Catalogue, wire: &Wire, listener: &Listener, topics: &[Topic], event: &Event) -> Option<New> {
    let held = catalogue.scopes().into_iter().filter(|scope| listener.scopes.iter().any(|held| held == scope));
    let viewer = Viewer { team: listener.team_id.clone(), topics: topics.to_vec(), scopes: held.collect() };
    let relation = event.relation_to(&viewer)?;
    let view = view(catalogue, event, &viewer)?;
    let heard = Heard { name: &event.name, view: &view, relation, agent: listener.agent_id.as_ref() };
    let message = (wire.tell)(&heard).filter(|message| wants(&listener.events, &message.event))?;
    let new = new(wire, listener.key, &message.event, event.at, &message.data);
    Some(New { event_seq: Some(event.seq), ..new })
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
