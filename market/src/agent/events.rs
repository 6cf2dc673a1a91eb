//! The events of agent profiles.

use super::{Agent, Kind};
use crate::event::{EventType, Spec};
use crate::job::Category;
use serde::Serialize;

/// The specs of profiles' events.
pub(crate) const SPECS: &[Spec] = &[Created::SPEC, Updated::SPEC];

/// The facts of a profile.
#[derive(Serialize)]
pub(crate) struct AgentFacts<'a> {
    name: &'a str,
    kind: Kind,
    specializations: &'a [Category],
}

impl<'a> From<&'a Agent> for AgentFacts<'a> {
    fn from(agent: &'a Agent) -> Self {
        Self { name: &agent.name, kind: agent.kind, specializations: &agent.specializations }
    }
}

/// A profile was made.
#[derive(Serialize)]
pub(crate) struct Created<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Created<'_> {
    const SPEC: Spec = Spec::internal("agent.created").moving_topics();
}

/// A profile was changed.
#[derive(Serialize)]
pub(crate) struct Updated<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Updated<'_> {
    const SPEC: Spec = Spec::internal("agent.updated").moving_topics();
}
