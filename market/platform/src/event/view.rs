//! An event as a viewer sees it. Pure: it depends on the event and the viewer alone.
//!
//! The act fixed the audience: a team outside it receives nothing, and each side receives the fields that the event's spec
//! names.

use super::{Catalogue, Event, Relation, Topic};
use kernel::Time;
use kernel::id::{EventId, JobId, TeamId};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// The viewer of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The team.
    pub team: TeamId,
    /// The topics that it follows, beside its own.
    pub topics: Vec<Topic>,
    /// The scopes that its credential has, of those that views need.
    pub scopes: Vec<&'static str>,
}

/// An event as one relation sees it. It serialises to the JSON that is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct EventView {
    /// The event's number, after which a stream resumes.
    pub seq: i64,
    /// Its id outside.
    pub id: EventId,
    /// The name of the [`StreamType`](super::StreamType) under which the viewer receives it.
    pub kind: &'static str,
    /// The job it is about.
    pub job_id: Option<JobId>,
    /// When.
    pub at: Time,
    facts: Vec<(&'static str, Value)>,
    scope: Option<&'static str>,
    worth: Option<Worth>,
}

/// The worth of an event to those who follow one of its topics.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Worth {
    amount: i64,
    /// The audience of the event.
    audience: String,
}

impl Worth {
    /// Returns true if a viewer follows a topic of the event for so little.
    fn is_enough_for(&self, viewer: &Viewer) -> bool {
        let heard = |topic: &Topic| topic.worth_min <= self.amount && self.audience.split(' ').any(|heard| heard == topic.name);
        viewer.topics.iter().any(heard)
    }
}

/// Returns an event as the viewer sees it; none if the viewer may not receive it.
pub fn view(catalogue: &Catalogue, event: &Event, viewer: &Viewer) -> Option<EventView> {
    EventView::to(catalogue, event, event.relation_to(viewer)?).filter(|wire| wire.is_for(viewer))
}

impl Event {
    /// Returns the viewer's relation to the event; none outside its audience.
    pub fn relation_to(&self, viewer: &Viewer) -> Option<Relation> {
        if self.team_id == viewer.team {
            return Some(Relation::Own);
        }
        if self.is_for(&viewer.team) {
            return Some(Relation::Named);
        }
        viewer.topics.iter().any(|topic| self.is_for_topic(&topic.name)).then_some(Relation::Topic)
    }

    /// Returns the job it is about, which is its subject or named by its facts.
    pub fn job(&self, facts: &Value) -> Option<JobId> {
        let named = facts["job_id"].as_str().unwrap_or(&self.subject);
        JobId::parse(named).ok()
    }
}

impl EventView {
    /// Returns the event as a relation sees it.
    pub fn to(catalogue: &Catalogue, event: &Event, relation: Relation) -> Option<EventView> {
        let view = catalogue.find(&event.name)?.views_of(relation).next()?;
        // Facts that can't be read are logged, and the event is told nobody.
        let known: Value = event.facts().ok()?;
        let facts = view.fields.iter().filter_map(|field| {
            let value = known.get(field.from).filter(|value| !value.is_null())?;
            Some((field.name, value.clone()))
        });
        let status = view.status.map(|status| ("status", Value::from(status)));
        Some(EventView {
            seq: event.seq,
            id: event.id.clone(),
            kind: view.stream_type.name,
            job_id: event.job(&known),
            at: event.at,
            facts: facts.chain(status).collect(),
            scope: view.scope,
            worth: view.worth.and_then(|fact| known.get(fact)?.as_i64()).map(|amount| Worth { amount, audience: event.audience.clone() }),
        })
    }

    /// Returns true if the viewer's credential has the needed scope, and the event is worth enough to the viewer.
    pub fn is_for(&self, viewer: &Viewer) -> bool {
        self.scope.is_none_or(|scope| viewer.scopes.contains(&scope)) && self.worth.as_ref().is_none_or(|worth| worth.is_enough_for(viewer))
    }

    /// Returns a fact by its name on the wire; none if the relation does not see it.
    pub fn fact(&self, name: &str) -> Option<&Value> {
        self.facts.iter().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// Returns the line of JSON that is sent.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Returns the message of a `text/event-stream`. JSON has no line breaks, so it is one line of data.
    pub fn frame(&self) -> String {
        format!("event: {}\nid: {}\ndata: {}\n\n", self.kind, self.seq, self.json())
    }
}

impl Serialize for EventView {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        map.serialize_entry("type", self.kind)?;
        if let Some(job) = &self.job_id {
            map.serialize_entry("job_id", job)?;
        }
        map.serialize_entry("at", &self.at)?;
        for (name, value) in &self.facts {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}
