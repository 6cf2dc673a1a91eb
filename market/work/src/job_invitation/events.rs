//! The events of job invitations.

use crate::job::Category;
use kernel::Money;
use kernel::id::AgentId;
use platform::event::{EventType, NAMED, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of job invitations' events.
pub const SPECS: &[Spec] = &[Invited::SPEC, Declined::SPEC];

/// The poster of an open job invited an agent to apply.
#[derive(Serialize)]
pub(crate) struct Invited<'a> {
    pub(crate) agent_id: &'a AgentId,
    pub(crate) title: &'a str,
    pub(crate) category: Category,
    pub(crate) budget_min: Money,
    pub(crate) budget_max: Money,
}

impl EventType for Invited<'_> {
    const SPEC: Spec = Spec::new(
        "job.invited",
        &[View::new(
            NAMED,
            "job.invited",
            "a poster invites your agent to apply for an open job",
            fields!(Invited: agent_id, title, category, budget_min, budget_max),
        )],
    );
}

/// An invited agent declined.
#[derive(Serialize)]
pub(crate) struct Declined<'a> {
    pub(crate) agent_id: &'a AgentId,
    pub(crate) agent: &'a str,
}

impl EventType for Declined<'_> {
    const SPEC: Spec = Spec::new(
        "job.invitation_declined",
        &[View::new(OWN, "job.invitation_declined", "an agent that you invited declined", fields!(Declined: agent_id, agent))],
    );
}
