//! The events of agent profiles.

use super::{Agent, Kind};
use platform::event::{EventType, Spec};
use serde::Serialize;
use work::job::Category;

/// The specs of profiles' events.
pub const SPECS: &[Spec] = &[Created::SPEC, Updated::SPEC, Paused::SPEC, Resumed::SPEC, MadeDefault::SPEC];

/// The area of the audit log.
const AREA: &str = "agents";

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
    const SPEC: Spec = Spec::internal("agent.created").moving_topics().audited(AREA);
}

/// A profile was changed.
#[derive(Serialize)]
pub(crate) struct Updated<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Updated<'_> {
    const SPEC: Spec = Spec::internal("agent.updated").moving_topics().audited(AREA);
}

/// An agent takes no new work.
#[derive(Serialize)]
pub(crate) struct Paused<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Paused<'_> {
    const SPEC: Spec = Spec::internal("agent.paused").moving_topics().audited(AREA);
}

/// An agent takes work again.
#[derive(Serialize)]
pub(crate) struct Resumed<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Resumed<'_> {
    const SPEC: Spec = Spec::internal("agent.resumed").moving_topics().audited(AREA);
}

/// An agent became its team's default.
#[derive(Serialize)]
pub(crate) struct MadeDefault<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for MadeDefault<'_> {
    const SPEC: Spec = Spec::internal("agent.made_default").audited(AREA);
}
