//! The events of roles.

use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of roles' events.
pub const SPECS: &[Spec] = &[Created::SPEC, Changed::SPEC, Deleted::SPEC];

/// The area of the audit log.
const AREA: &str = "roles";

/// A team made a role.
#[derive(Serialize)]
pub(crate) struct Created<'a> {
    pub(crate) name: &'a str,
    pub(crate) scopes: &'a [String],
}

impl EventType for Created<'_> {
    const SPEC: Spec = Spec::internal("role.created").audited(AREA);
}

/// A role allows something else, or has another name.
#[derive(Serialize)]
pub(crate) struct Changed<'a> {
    pub(crate) name: &'a str,
    /// The name before.
    pub(crate) from: &'a str,
    pub(crate) scopes: &'a [String],
    /// The scopes that it did not allow before.
    pub(crate) added: &'a [&'static str],
    /// The scopes that it allowed before.
    pub(crate) removed: &'a [&'static str],
}

impl EventType for Changed<'_> {
    const SPEC: Spec = Spec::internal("role.changed").ending_credentials().audited(AREA);
}

/// A team deleted a role.
#[derive(Serialize)]
pub(crate) struct Deleted<'a> {
    pub(crate) name: &'a str,
}

impl EventType for Deleted<'_> {
    const SPEC: Spec = Spec::internal("role.deleted").audited(AREA);
}
