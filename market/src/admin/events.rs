//! The events of the console that are of no other noun.

use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of these events.
pub const SPECS: &[Spec] = &[TimerRetried::SPEC];

/// An admin had a timer tried again that had failed for good.
#[derive(Serialize)]
pub(super) struct TimerRetried {}

impl EventType for TimerRetried {
    const SPEC: Spec = Spec::internal("timer.retried").audited("server");
}
