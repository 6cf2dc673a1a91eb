//! The events of exports. They carry no facts, because an export is private.

use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of exports' events.
pub const SPECS: &[Spec] = &[Asked::SPEC, Finished::SPEC, Failed::SPEC];

/// The area of the audit log.
const AREA: &str = "people";

/// A member asked for a copy of their data.
#[derive(Serialize)]
pub(crate) struct Asked {}

impl EventType for Asked {
    const SPEC: Spec = Spec::internal("export.asked").audited(AREA);
}

/// The copy can be downloaded.
#[derive(Serialize)]
pub(crate) struct Finished {}

impl EventType for Finished {
    const SPEC: Spec = Spec::internal("export.finished");
}

/// The copy could not be built.
#[derive(Serialize)]
pub(crate) struct Failed {}

impl EventType for Failed {
    const SPEC: Spec = Spec::internal("export.failed");
}
