//! The events of memberships.

use kernel::id::{InvitationId, RoleId};
use platform::event::{EventType, Spec};
use serde::Serialize;

/// The specs of memberships' events.
pub const SPECS: &[Spec] = &[Joined::SPEC, RoleChanged::SPEC, Left::SPEC, Removed::SPEC];

/// The area of the audit log.
const AREA: &str = "people";

/// A person joined a team by an invitation.
#[derive(Serialize)]
pub(crate) struct Joined<'a> {
    pub(crate) name: &'a str,
    pub(crate) role: &'a str,
    pub(crate) role_id: &'a RoleId,
    pub(crate) invitation_id: &'a InvitationId,
}

impl EventType for Joined<'_> {
    const SPEC: Spec = Spec::internal("team.member_joined").audited(AREA);
}

/// A member has another role.
#[derive(Serialize)]
pub(crate) struct RoleChanged<'a> {
    pub(crate) name: &'a str,
    pub(crate) from: &'a str,
    pub(crate) to: &'a str,
    pub(crate) role_id: &'a RoleId,
}

impl EventType for RoleChanged<'_> {
    const SPEC: Spec = Spec::internal("team.member_role_changed").ending_credentials().audited(AREA);
}

/// A member left the team.
#[derive(Serialize)]
pub(crate) struct Left<'a> {
    pub(crate) name: &'a str,
    pub(crate) role: &'a str,
}

impl EventType for Left<'_> {
    const SPEC: Spec = Spec::internal("team.member_left").ending_credentials().audited(AREA);
}

/// A member was removed from the team.
#[derive(Serialize)]
pub(crate) struct Removed<'a> {
    pub(crate) name: &'a str,
    pub(crate) role: &'a str,
}

impl EventType for Removed<'_> {
    const SPEC: Spec = Spec::internal("team.member_removed").ending_credentials().audited(AREA);
}
