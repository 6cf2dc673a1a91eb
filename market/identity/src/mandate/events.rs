//! The events of mandates.

use kernel::Money;
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of mandates' events.
pub const SPECS: &[Spec] = &[Set::SPEC, Revoked::SPEC];

/// The area of the audit log.
const AREA: &str = "agents";

/// A mandate was set.
#[derive(Serialize)]
pub(crate) struct Set<'a> {
    pub(crate) agent: &'a str,
    pub(crate) version: i64,
    pub(crate) is_enabled: bool,
    pub(crate) per_day: Option<Money>,
    pub(crate) per_month: Option<Money>,
}

impl EventType for Set<'_> {
    const SPEC: Spec = Spec::internal("mandate.set").audited(AREA);
}

/// A mandate was revoked.
#[derive(Serialize)]
pub(crate) struct Revoked<'a> {
    pub(crate) agent: &'a str,
    pub(crate) version: i64,
}

impl EventType for Revoked<'_> {
    const SPEC: Spec = Spec::internal("mandate.revoked").audited(AREA);
}
