//! The events of second factors. They carry no facts, because an account is private.

use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of second factors' events.
pub const SPECS: &[Spec] = &[TurnedOn::SPEC, TurnedOff::SPEC, CodesRenewed::SPEC, CodeUsed::SPEC];

/// A member turned the second factor on.
#[derive(Serialize)]
pub(crate) struct TurnedOn {}

impl EventType for TurnedOn {
    const SPEC: Spec = Spec::internal("second_factor.turned_on");
}

/// The second factor was turned off, by the member or the operator.
#[derive(Serialize)]
pub(crate) struct TurnedOff {}

impl EventType for TurnedOff {
    const SPEC: Spec = Spec::internal("second_factor.turned_off");
}

/// A member made new recovery codes.
#[derive(Serialize)]
pub(crate) struct CodesRenewed {}

impl EventType for CodesRenewed {
    const SPEC: Spec = Spec::internal("second_factor.codes_renewed");
}

/// A member signed in by a recovery code.
#[derive(Serialize)]
pub(crate) struct CodeUsed {}

impl EventType for CodeUsed {
    const SPEC: Spec = Spec::internal("second_factor.code_used");
}
