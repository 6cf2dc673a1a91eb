//! The events of teams.

use crate::actor::Plan;
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of teams' events.
pub const SPECS: &[Spec] = &[Created::SPEC, Renamed::SPEC, PlanChanged::SPEC];

/// The area of the audit log.
const AREA: &str = "team";

/// A person made a team.
#[derive(Serialize)]
pub(crate) struct Created<'a> {
    pub(crate) name: &'a str,
}

impl EventType for Created<'_> {
    const SPEC: Spec = Spec::internal("team.created").audited(AREA);
}

/// A team has another name.
#[derive(Serialize)]
pub(crate) struct Renamed<'a> {
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
}

impl EventType for Renamed<'_> {
    const SPEC: Spec = Spec::internal("team.renamed").audited(AREA);
}

/// A team changed its plan.
#[derive(Serialize)]
pub(crate) struct PlanChanged {
    pub(crate) from: Plan,
    pub(crate) to: Plan,
}

impl EventType for PlanChanged {
    const SPEC: Spec = Spec::internal("team.plan_changed").audited(AREA);
}
