//! The events of preferences.

use super::{Availability, Preference};
use crate::agent::Agent;
use kernel::Money;
use platform::event::{EventType, Spec};
use serde::Serialize;
use work::job::Category;

/// The specs of preferences' events.
pub const SPECS: &[Spec] = &[Updated::SPEC];

/// The area of the audit log.
const AREA: &str = "agents";

/// The preferences of an agent were changed.
#[derive(Serialize)]
pub(crate) struct Updated<'a> {
    name: &'a str,
    budget_min: Money,
    categories: &'a [Category],
    availability: Availability,
}

impl<'a> Updated<'a> {
    pub(super) fn of(agent: &'a Agent, preference: &'a Preference) -> Self {
        let Preference { budget_min, categories, availability, .. } = preference;
        Self { name: &agent.name, budget_min: *budget_min, categories, availability: *availability }
    }
}

impl EventType for Updated<'_> {
    const SPEC: Spec = Spec::internal("preference.updated").moving_topics().audited(AREA);
}
