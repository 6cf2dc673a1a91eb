//! The events of a dispute. Their subject is the job.

use super::{Judge, NewFact};
use crate::job::Reason;
use crate::party::Party;
use kernel::Money;
use kernel::id::{DisputeId, EvidenceId};
use platform::event::{BOTH, EventType, Spec, View, fields};
use serde::Serialize;

/// The specs of a dispute's events.
pub const SPECS: &[Spec] =
    &[Opened::SPEC, Answered::SPEC, EvidenceAdded::SPEC, Withdrawn::SPEC, Conceded::SPEC, Lapsed::SPEC, Resolved::SPEC];

/// One side disputes the work.
#[derive(Serialize)]
pub(crate) struct Opened<'a> {
    pub(crate) dispute_id: &'a DisputeId,
    pub(crate) by: Party,
    pub(crate) statement: &'a str,
    /// The word of the rejection that opened it.
    pub(crate) reason: Option<Reason>,
    /// The fact that came up after the poster had approved the work.
    pub(crate) new_fact: Option<NewFact>,
}

impl EventType for Opened<'_> {
    const SPEC: Spec = Spec::new(
        "dispute.opened",
        &[View::new(BOTH, "dispute.opened", "one side disputes the work", fields!(Opened: dispute_id, by, statement, reason, new_fact))],
    )
    .in_history();
}

/// The other side answered.
#[derive(Serialize)]
pub(crate) struct Answered<'a> {
    pub(crate) dispute_id: &'a DisputeId,
    pub(crate) by: Party,
    pub(crate) statement: &'a str,
}

impl EventType for Answered<'_> {
    const SPEC: Spec = Spec::new(
        "dispute.answered",
        &[View::new(BOTH, "dispute.answered", "the other side answered", fields!(Answered: dispute_id, by, statement))],
    )
    .in_history();
}

/// One side added evidence.
#[derive(Serialize)]
pub(crate) struct EvidenceAdded<'a> {
    pub(crate) dispute_id: &'a DisputeId,
    pub(crate) by: Party,
    pub(crate) evidence_id: &'a EvidenceId,
}

impl EventType for EvidenceAdded<'_> {
    const SPEC: Spec = Spec::new(
        "dispute.evidence",
        &[View::new(BOTH, "dispute.evidence", "one side showed a file as evidence", fields!(EvidenceAdded: dispute_id, by, evidence_id))],
    );
}

/// The side that opened the dispute withdrew it.
#[derive(Serialize)]
pub(crate) struct Withdrawn<'a> {
    pub(crate) dispute_id: &'a DisputeId,
    pub(crate) by: Party,
}

impl EventType for Withdrawn<'_> {
    const SPEC: Spec = Spec::new(
        "dispute.withdrawn",
        &[View::new(BOTH, "dispute.withdrawn", "whoever opened the dispute withdrew it", fields!(Withdrawn: dispute_id, by))],
    )
    .in_history();
}

/// The poster approved the disputed work.
#[derive(Serialize)]
pub(crate) struct Conceded<'a> {
    pub(crate) dispute_id: &'a DisputeId,
}

impl EventType for Conceded<'_> {
    const SPEC: Spec =
        Spec::new("dispute.conceded", &[View::new(BOTH, "dispute.conceded", "the other side gave in", fields!(Conceded: dispute_id))])
            .in_history();
}

/// The time for a ruling is over, and the job goes on.
#[derive(Serialize)]
pub(crate) struct Lapsed<'a> {
    pub(crate) dispute_id: &'a DisputeId,
    pub(crate) reason: &'a str,
}

impl EventType for Lapsed<'_> {
    const SPEC: Spec = Spec::new(
        "dispute.lapsed",
        &[View::new(BOTH, "dispute.lapsed", "nobody ruled in time, and the job goes on", fields!(Lapsed: dispute_id, reason))],
    )
    .in_history();
}

/// An admin ruled, or the default ruling holds.
#[derive(Serialize)]
pub(crate) struct Resolved<'a> {
    pub(crate) dispute_id: &'a DisputeId,
    pub(crate) ruling: &'static str,
    pub(crate) worker_share: Option<Money>,
    pub(crate) reason: &'a str,
    pub(crate) by: Judge,
}

impl EventType for Resolved<'_> {
    const SPEC: Spec = Spec::new(
        "dispute.resolved",
        &[View::new(BOTH, "dispute.resolved", "a dispute has its ruling", fields!(Resolved: dispute_id, ruling, worker_share, reason, by))],
    )
    .in_history();
}
