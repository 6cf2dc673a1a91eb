//! What a viewer is told of a happening. Pure: it decides from the happening and the viewer alone.
//!
//! The audience was fixed by the act; nobody outside it is told anything, and of the facts each side is told what the
//! table names.

use super::Event;
use super::told::{KINDS, ROWS, Side};
use crate::id::{EventId, JobId, TeamId};
use crate::job::Category;
use crate::text::any_of;
use crate::{Error, Result, Time};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// Who listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Viewer {
    /// The team.
    pub team: TeamId,
    /// What its agent does; nothing without one.
    pub categories: Vec<Category>,
    /// Whether it came with a credential that may read the wallet.
    pub reads_wallet: bool,
}

/// A happening as one side is told of it. Serialises to the JSON that is sent.
#[derive(Clone, Debug, PartialEq)]
pub struct Wire {
    /// Its place in the order of all; what a stream resumes after.
    pub seq: i64,
    /// Its id outside.
    pub id: EventId,
    /// What it is to the viewer, a word of [`KINDS`](super::KINDS).
    pub kind: &'static str,
    /// The job it is about.
    pub job_id: Option<JobId>,
    /// When.
    pub at: Time,
    facts: Vec<(&'static str, Value)>,
    needs_wallet: bool,
}

/// What a viewer is told of a happening; nothing, if it is not theirs to hear.
pub fn wire(event: &Event, viewer: &Viewer) -> Option<Wire> {
    Wire::to(event, event.side_of(viewer)?).filter(|wire| wire.is_for(viewer))
}

impl Event {
    /// What a viewer is to it; none outside its audience.
    pub fn side_of(&self, viewer: &Viewer) -> Option<Side> {
        if self.team_id == viewer.team {
            return Some(Side::Own);
        }
        if self.is_for(&viewer.team) {
            return Some(Side::Named);
        }
        viewer.categories.iter().any(|&category| self.is_for_category(category)).then_some(Side::Category)
    }

    /// The job it is about, which is its subject or named by its facts.
    fn job(&self, facts: &Value) -> Option<JobId> {
        let named = facts["job_id"].as_str().unwrap_or(&self.subject);
        JobId::parse(named).ok()
    }
}

impl Wire {
    /// What this side is told, as long as the viewer's credential reaches that far.
    pub fn to(event: &Event, side: Side) -> Option<Wire> {
        let row = ROWS.iter().find(|row| row.name == event.name && row.sides.contains(&side))?;
        let known = event.facts();
        let facts = row.facts.iter().filter_map(|fact| {
            let (name, from) = fact.split_once('=').unwrap_or((fact, fact));
            known.get(from).filter(|value| !value.is_null()).map(|value| (name, value.clone()))
        });
        let status = row.status.map(|status| ("status", Value::from(status)));
        Some(Wire {
            seq: event.seq,
            id: event.id.clone(),
            kind: row.kind,
            job_id: event.job(&known),
            at: event.at,
            facts: facts.chain(status).collect(),
            needs_wallet: row.scope == Some(WALLET),
        })
    }

    /// Whether the viewer's credential reaches that far.
    pub fn is_for(&self, viewer: &Viewer) -> bool {
        viewer.reads_wallet || !self.needs_wallet
    }

    /// The one line of JSON that is sent.
    pub fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The whole message of a `text/event-stream`. JSON has no line breaks, so it is one line of data.
    pub fn frame(&self) -> String {
        format!("event: {}\nid: {}\ndata: {}\n\n", self.kind, self.seq, self.json())
    }
}

/// The one scope that a row can ask for.
const WALLET: &str = "wallet:read";

impl Serialize for Wire {
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

/// Reads a list of types, `job.available,application.update`; none: all of them.
pub fn kinds(list: &str) -> Result<Option<Vec<&'static str>>> {
    let words: Vec<_> = list.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
    let read = |word: &str| {
        let known = KINDS.iter().map(|(kind, _)| *kind);
        known.clone().find(|kind| *kind == word).ok_or_else(|| {
            let short: String = word.chars().take(64).collect();
            Error::field("types", format!("\"{short}\" is not a type of event; use {}.", any_of(known)))
        })
    };
    if words.is_empty() {
        return Ok(None);
    }
    let mut kinds = words.into_iter().map(read).collect::<Result<Vec<_>>>()?;
    kinds.sort_unstable();
    kinds.dedup();
    Ok(Some(kinds))
}

#[cfg(test)]
mod tests;
