//! The events of payees.

use super::State;
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of the events.
pub const SPECS: &[Spec] = &[Connected::SPEC, Changed::SPEC, ScheduleChanged::SPEC];

/// The area of the audit log.
const AREA: &str = "wallet";

/// An account was opened at the provider.
#[derive(Serialize)]
pub(crate) struct Connected<'a> {
    pub(crate) account: &'a str,
}

impl EventType for Connected<'_> {
    const SPEC: Spec = Spec::internal("payee.connected").audited(AREA);
}

/// The provider changed the state of the account.
#[derive(Serialize)]
pub(crate) struct Changed<'a> {
    pub(crate) state: State,
    pub(crate) missing: &'a str,
}

impl EventType for Changed<'_> {
    const SPEC: Spec = Spec::new(
        "payee.changed",
        &[View::new(
            OWN,
            "payee.changed",
            "your payout account takes payouts, or its provider wants to know more; a key needs `wallet:read`",
            fields!(Changed: state, missing),
        )
        .needing("wallet:read")],
    );
}

/// Weekly payouts were switched on or off.
#[derive(Serialize)]
pub(crate) struct ScheduleChanged {
    pub(crate) is_weekly: bool,
}

impl EventType for ScheduleChanged {
    const SPEC: Spec = Spec::internal("payee.schedule_changed").audited(AREA);
}
