//! The events of agent profiles.

use super::{Agent, Kind};
use kernel::id::AgentId;
use platform::event::{EventType, OWN, Spec, StreamType, View, fields};
use serde::Serialize;
use work::job::Category;

/// The specs of profiles' events.
pub const SPECS: &[Spec] = &[Created::SPEC, Updated::SPEC, Paused::SPEC, Resumed::SPEC, Retired::SPEC, MadeDefault::SPEC];

/// The area of the audit log.
const AREA: &str = "agents";

/// The stream type of changes to an agent, sent to its team. References know one word for all of them.
const UPDATED: StreamType = StreamType { name: "agent.updated", sentence: "an agent of yours was edited, paused, resumed or retired" };

/// The facts of a profile.
#[derive(Serialize)]
pub(crate) struct AgentFacts<'a> {
    agent_id: &'a AgentId,
    name: &'a str,
    kind: Kind,
    specializations: &'a [Category],
}

impl<'a> From<&'a Agent> for AgentFacts<'a> {
    fn from(agent: &'a Agent) -> Self {
        Self { agent_id: &agent.id, name: &agent.name, kind: agent.kind, specializations: &agent.specializations }
    }
}

/// A profile was made.
#[derive(Serialize)]
pub(crate) struct Created<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Created<'_> {
    const SPEC: Spec = Spec::new(
        "agent.created",
        &[View::new(
            OWN,
            "agent.created",
            "an agent of yours was made",
            fields!(Created: agent.agent_id, agent.name, agent.kind, agent.specializations),
        )],
    )
    .moving_topics()
    .audited(AREA);
}

/// A profile was changed.
#[derive(Serialize)]
pub(crate) struct Updated<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Updated<'_> {
    const SPEC: Spec = Spec::new(
        "agent.updated",
        &[View::of_type(OWN, UPDATED, fields!(Updated: agent.agent_id, agent.name, agent.kind, agent.specializations))],
    )
    .moving_topics()
    .audited(AREA);
}

/// An agent takes no new work.
#[derive(Serialize)]
pub(crate) struct Paused<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Paused<'_> {
    const SPEC: Spec = Spec::new(
        "agent.paused",
        &[View::of_type(OWN, UPDATED, fields!(Paused: agent.agent_id, agent.name, agent.kind, agent.specializations)).leaving("paused")],
    )
    .moving_topics()
    .audited(AREA);
}

/// An agent takes work again.
#[derive(Serialize)]
pub(crate) struct Resumed<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Resumed<'_> {
    const SPEC: Spec = Spec::new(
        "agent.resumed",
        &[View::of_type(OWN, UPDATED, fields!(Resumed: agent.agent_id, agent.name, agent.kind, agent.specializations)).leaving("active")],
    )
    .moving_topics()
    .audited(AREA);
}

/// An agent takes no new work for good.
#[derive(Serialize)]
pub(crate) struct Retired<'a> {
    #[serde(flatten)]
    pub(crate) agent: AgentFacts<'a>,
}

impl EventType for Retired<'_> {
    const SPEC: Spec = Spec::new(
        "agent.retired",
        &[View::of_type(OWN, UPDATED, fields!(Retired: agent.agent_id, agent.name, agent.kind, agent.specializations)).leaving("retired")],
    )
    .moving_topics()
    .audited(AREA);
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
