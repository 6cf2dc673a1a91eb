//! The events of endpoints. They are lines of the audit log; no stream and no webhook carries them.

use super::DisabledReason;
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of endpoints' events.
pub const SPECS: &[Spec] = &[Created::SPEC, Updated::SPEC, Deleted::SPEC, SecretRotated::SPEC, Enabled::SPEC, Disabled::SPEC];

/// The area of the audit log.
const AREA: &str = "webhooks";

/// An endpoint was made.
#[derive(Serialize)]
pub(crate) struct Created<'a> {
    pub(crate) origin: &'a str,
}

impl EventType for Created<'_> {
    // The follower writes the topics of the team down for the new endpoint when it comes to this event.
    const SPEC: Spec = Spec::internal("webhook.created").moving_topics().audited(AREA);
}

/// The address, the events, the description or the agent of an endpoint were changed.
#[derive(Serialize)]
pub(crate) struct Updated<'a> {
    pub(crate) origin: &'a str,
}

impl EventType for Updated<'_> {
    // Another agent follows other topics.
    const SPEC: Spec = Spec::internal("webhook.updated").moving_topics().audited(AREA);
}

/// An endpoint was deleted.
#[derive(Serialize)]
pub(crate) struct Deleted<'a> {
    pub(crate) origin: &'a str,
}

impl EventType for Deleted<'_> {
    const SPEC: Spec = Spec::internal("webhook.deleted").audited(AREA);
}

/// An endpoint has another secret.
#[derive(Serialize)]
pub(crate) struct SecretRotated<'a> {
    pub(crate) origin: &'a str,
}

impl EventType for SecretRotated<'_> {
    const SPEC: Spec = Spec::internal("webhook.secret_rotated").audited(AREA);
}

/// An endpoint is sent what it hears again.
#[derive(Serialize)]
pub(crate) struct Enabled<'a> {
    pub(crate) origin: &'a str,
}

impl EventType for Enabled<'_> {
    const SPEC: Spec = Spec::internal("webhook.enabled").audited(AREA);
}

/// An endpoint is sent nothing any more: a member wanted it so, or it failed.
#[derive(Serialize)]
pub(crate) struct Disabled<'a> {
    pub(crate) origin: &'a str,
    pub(crate) reason: DisabledReason,
}

impl EventType for Disabled<'_> {
    const SPEC: Spec = Spec::internal("webhook.disabled").audited(AREA);
}
