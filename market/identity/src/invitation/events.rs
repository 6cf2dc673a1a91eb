//! The events of invitations.

use kernel::id::RoleId;
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of invitations' events.
pub const SPECS: &[Spec] = &[Sent::SPEC, Resent::SPEC, RoleChanged::SPEC, Revoked::SPEC, Lapsed::SPEC];

/// The area of the audit log.
const AREA: &str = "people";

/// An address was invited.
#[derive(Serialize)]
pub(crate) struct Sent<'a> {
    pub(crate) email: &'a str,
    pub(crate) role: &'a str,
    pub(crate) role_id: &'a RoleId,
}

impl EventType for Sent<'_> {
    const SPEC: Spec = Spec::internal("invitation.sent").audited(AREA);
}

/// An invitation was sent again.
#[derive(Serialize)]
pub(crate) struct Resent<'a> {
    pub(crate) email: &'a str,
    pub(crate) role: &'a str,
}

impl EventType for Resent<'_> {
    const SPEC: Spec = Spec::internal("invitation.resent").audited(AREA);
}

/// An invitation offers another role.
#[derive(Serialize)]
pub(crate) struct RoleChanged<'a> {
    pub(crate) email: &'a str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) role_id: &'a RoleId,
}

impl EventType for RoleChanged<'_> {
    const SPEC: Spec = Spec::internal("invitation.role_changed").audited(AREA);
}

/// An invitation was revoked.
#[derive(Serialize)]
pub(crate) struct Revoked<'a> {
    pub(crate) email: &'a str,
    pub(crate) role: &'a str,
}

impl EventType for Revoked<'_> {
    const SPEC: Spec = Spec::internal("invitation.revoked").audited(AREA);
}

/// An invitation was not accepted in time.
#[derive(Serialize)]
pub(crate) struct Lapsed<'a> {
    pub(crate) email: &'a str,
    pub(crate) role: &'a str,
}

impl EventType for Lapsed<'_> {
    const SPEC: Spec = Spec::internal("invitation.lapsed").audited(AREA);
}
