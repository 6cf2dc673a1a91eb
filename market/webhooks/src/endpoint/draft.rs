//! The input of acts on endpoints, and its check.

use super::{Config, DESCRIPTION_MAX, URL_MAX, secret};
use crate::wire::{ALL_EVENTS, Dialect};
use kernel::Result;
use kernel::id::AgentId;
use kernel::text::{Check, any_of, clip};
use outbound::Target;
use serde::{Deserialize, Serialize};

/// The most characters of an unknown name that a refusal quotes.
const QUOTED_MAX: usize = 64;

/// Input for a new endpoint.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The address, checked by [`Config::policy`].
    pub url: String,
    /// Up to 200 characters of the team's own.
    #[serde(default)]
    pub description: String,
    /// Names of the dialect's events, or `*` for all, now and later.
    pub events: Vec<String>,
    /// The dialect.
    pub dialect: Dialect,
    /// The agent that it belongs to, if it belongs to one.
    #[serde(default)]
    pub agent_id: Option<AgentId>,
    /// A secret that the receiver brings; without one it is made here.
    #[serde(default)]
    pub secret: Option<String>,
}

impl Draft {
    /// Checks and normalises the input; the error names every wrong field.
    pub(super) fn check(&self, config: &Config<'_>) -> Result<Draft> {
        let mut check = Check::new();
        let url = checked_url(&mut check, config, &self.url);
        let description = check.line("description", &self.description, 0..=DESCRIPTION_MAX);
        let events = checked_events(&mut check, config, self.dialect, &self.events);
        if let Some(Err(wrong)) = self.secret.as_deref().map(secret::check) {
            check.wrong("secret", wrong);
        }
        check.done()?;
        Ok(Draft { url, description, events, ..self.clone() })
    }
}

/// A change of an endpoint; what is left out stays.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The address.
    pub url: Option<String>,
    /// Up to 200 characters.
    pub description: Option<String>,
    /// All names anew.
    pub events: Option<Vec<String>>,
    /// The agent that it belongs to, or the whole team.
    pub hears: Option<Hears>,
    /// True to enable it, false to disable it.
    pub is_active: Option<bool>,
}

/// The part of a team that an endpoint hears of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hears {
    /// All of the team.
    Team,
    /// One agent.
    Agent(AgentId),
}

impl Hears {
    /// Returns the agent; none for all of the team.
    pub const fn agent(&self) -> Option<&AgentId> {
        match self {
            Self::Team => None,
            Self::Agent(agent) => Some(agent),
        }
    }
}

impl Change {
    /// Checks and normalises the input; the error names every wrong field.
    pub(super) fn check(&self, config: &Config<'_>, dialect: Dialect) -> Result<Change> {
        let mut check = Check::new();
        let url = self.url.as_deref().map(|url| checked_url(&mut check, config, url));
        let description = self.description.as_deref().map(|text| check.line("description", text, 0..=DESCRIPTION_MAX));
        let events = self.events.as_deref().map(|names| checked_events(&mut check, config, dialect, names));
        check.done()?;
        Ok(Change { url, description, events, hears: self.hears.clone(), is_active: self.is_active })
    }
}

fn checked_url(check: &mut Check, config: &Config<'_>, url: &str) -> String {
    let url = url.trim();
    let length = url.chars().count();
    if length == 0 {
        check.wrong("url", "It is required: an address like https://example.com/hooks.");
    } else if length > URL_MAX {
        check.wrong("url", format!("It has {length} characters; use {URL_MAX} at most."));
    } else if let Err(wrong) = Target::read(url, config.policy) {
        check.wrong("url", wrong.sentence());
    }
    url.to_owned()
}

/// Returns the names in the order of the wire, each once; `*` alone stands for all.
fn checked_events(check: &mut Check, config: &Config<'_>, dialect: Dialect, names: &[String]) -> Vec<String> {
    if config.wire(dialect).is_none() {
        check.wrong("dialect", "This server does not serve that API; choose another one.");
        return Vec::new();
    }
    let known = config.events(dialect);
    let listed = || any_of(known.iter().map(|event| event.name).chain([ALL_EVENTS]));
    if names.is_empty() {
        check.wrong("events", format!("It is required: one or more of {}.", listed()));
    }
    let unknown = names.iter().find(|name| *name != ALL_EVENTS && !known.iter().any(|event| event.name == name.as_str()));
    if let Some(name) = unknown {
        check.wrong("events", format!("\"{}\" is not an event; use {}.", clip(name, QUOTED_MAX), listed()));
    }
    if names.iter().any(|name| name == ALL_EVENTS) {
        return vec![ALL_EVENTS.to_owned()];
    }
    let wanted = known.iter().filter(|event| names.iter().any(|name| name == event.name));
    wanted.map(|event| event.name.to_owned()).collect()
}
