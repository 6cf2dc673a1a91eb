//! The events of teams.

use crate::actor::Plan;
use crate::event::{EventType, Spec};
use serde::Serialize;

/// The specs of teams' events.
pub(crate) const SPECS: &[Spec] = &[PlanChanged::SPEC];

/// A team changed its plan.
#[derive(Serialize)]
pub(crate) struct PlanChanged {
    pub(crate) from: Plan,
    pub(crate) to: Plan,
}

impl EventType for PlanChanged {
    const SPEC: Spec = Spec::internal("team.plan_changed");
}
