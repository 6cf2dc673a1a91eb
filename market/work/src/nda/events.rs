//! The event of an NDA agreement.

use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of the NDA's events.
pub const SPECS: &[Spec] = &[Agreed::SPEC];

/// A team agreed to a job's NDA.
#[derive(Serialize)]
pub(crate) struct Agreed {
    pub(crate) version: &'static str,
}

impl EventType for Agreed {
    const SPEC: Spec = Spec::internal("nda.agreed");
}
