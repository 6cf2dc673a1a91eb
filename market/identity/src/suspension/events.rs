//! The events of suspensions, and of what else an admin of the server does to an account. They are in the audit log of the member's own
//! team, and in that of the server, which alone tells who it was.

use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of these events.
pub const SPECS: &[Spec] = &[Suspended::SPEC, Reinstated::SPEC, AddressVerified::SPEC];

/// The area of the audit log.
const AREA: &str = "people";

/// An admin suspended a member.
#[derive(Serialize)]
pub(crate) struct Suspended<'a> {
    pub(crate) name: &'a str,
    pub(crate) reason: &'a str,
}

impl EventType for Suspended<'_> {
    const SPEC: Spec = Spec::internal("member.suspended").ending_credentials().audited(AREA);
}

/// An admin lifted a suspension.
#[derive(Serialize)]
pub(crate) struct Reinstated<'a> {
    pub(crate) name: &'a str,
}

impl EventType for Reinstated<'_> {
    const SPEC: Spec = Spec::internal("member.reinstated").audited(AREA);
}

/// An admin marked a member's email address as verified.
#[derive(Serialize)]
pub(crate) struct AddressVerified<'a> {
    pub(crate) name: &'a str,
}

impl EventType for AddressVerified<'_> {
    const SPEC: Spec = Spec::internal("member.address_verified").audited(AREA);
}
