//! The events of approvals.

use super::Status;
use kernel::id::AgentId;
use kernel::{Money, Time};
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of approvals' events.
pub const SPECS: &[Spec] = &[Requested::SPEC, Decided::SPEC, Lapsed::SPEC];

/// A person is asked about a spend.
#[derive(Serialize)]
pub(crate) struct Requested<'a> {
    pub(crate) agent_id: &'a AgentId,
    pub(crate) agent: &'a str,
    pub(crate) amount: Money,
    pub(crate) title: &'a str,
    /// When the request ends.
    pub(crate) expires_at: Time,
}

impl EventType for Requested<'_> {
    const SPEC: Spec = Spec::new(
        "approval.requested",
        &[View::new(
            OWN,
            "approval.requested",
            "an agent of yours asks to spend more than its mandate allows without you; a key needs `mandates:read`",
            fields!(Requested: agent_id, amount, title, expires_at),
        )
        .needing("mandates:read")],
    );
}

/// A person allowed or denied a spend.
#[derive(Serialize)]
pub(crate) struct Decided<'a> {
    pub(crate) agent_id: &'a AgentId,
    pub(crate) agent: &'a str,
    pub(crate) amount: Money,
    pub(crate) title: &'a str,
    pub(crate) status: Status,
}

impl EventType for Decided<'_> {
    const SPEC: Spec = Spec::new(
        "approval.decided",
        &[View::new(
            OWN,
            "approval.decided",
            "a person of your team approved or denied a spend; a key needs `mandates:read`",
            fields!(Decided: agent_id, amount, title, status),
        )
        .needing("mandates:read")],
    )
    .audited("agents");
}

/// A request was not decided in time, or an approval was not used.
#[derive(Serialize)]
pub(crate) struct Lapsed<'a> {
    pub(crate) agent_id: &'a AgentId,
    pub(crate) amount: Money,
}

impl EventType for Lapsed<'_> {
    const SPEC: Spec = Spec::internal("approval.lapsed");
}
