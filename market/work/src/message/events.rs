//! The event of a message.

use super::Role;
use kernel::id::{JobId, MessageId};
use platform::event::{BOTH, EventType, Spec, View, fields};
use serde::Serialize;

/// The specs of messages' events.
pub const SPECS: &[Spec] = &[Sent::SPEC];

/// A message was sent on a job.
#[derive(Serialize)]
pub(crate) struct Sent<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) message_id: &'a MessageId,
    pub(crate) author_role: Role,
    pub(crate) preview: &'a str,
}

impl EventType for Sent<'_> {
    const SPEC: Spec = Spec::new(
        "job.message",
        &[View::new(BOTH, "job.message", "somebody said something on a job of yours", fields!(Sent: message_id, author_role, preview))],
    );
}
