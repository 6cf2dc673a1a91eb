//! The events of safety. None of them names a reporter; the server's audit log alone tells which admin decided.

use super::{Reason, SubjectKind};
use kernel::id::CaseId;
use platform::event::{EventType, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of these events.
pub const SPECS: &[Spec] = &[Reported::SPEC, Dismissed::SPEC, Hidden::SPEC, Appealed::SPEC, Upheld::SPEC, Restored::SPEC];

/// The area of the audit log.
const AREA: &str = "team";

/// A member reported a thing. Its subject is the case.
#[derive(Serialize)]
pub(crate) struct Reported {
    pub(crate) target_type: SubjectKind,
    pub(crate) reason: Reason,
    /// True if it is the first report of the case.
    pub(crate) is_first: bool,
}

impl EventType for Reported {
    const SPEC: Spec = Spec::internal("safety.reported");
}

/// An admin left a reported thing as it is, or no admin decided in time. Its subject is the case.
#[derive(Serialize)]
pub(crate) struct Dismissed<'a> {
    pub(crate) target_type: SubjectKind,
    pub(crate) reason: &'a str,
}

impl EventType for Dismissed<'_> {
    const SPEC: Spec = Spec::internal("safety.dismissed").audited(AREA);
}

/// The facts that the owner of a thing learns of a decision. The subject is the thing.
#[derive(Serialize)]
pub(crate) struct Decided<'a> {
    pub(crate) case_id: &'a CaseId,
    pub(crate) target_type: SubjectKind,
    pub(crate) target_id: &'a str,
    /// The title of a job, or the name of an agent.
    pub(crate) name: &'a str,
    pub(crate) reason: &'a str,
}

/// An admin hid a thing.
#[derive(Serialize)]
pub(crate) struct Hidden<'a> {
    #[serde(flatten)]
    pub(crate) decided: Decided<'a>,
}

impl EventType for Hidden<'_> {
    const SPEC: Spec = Spec::new(
        "safety.hidden",
        &[View::new(
            OWN,
            "safety.hidden",
            "an admin hid a thing of your team; you can appeal",
            fields!(Hidden: decided.case_id, decided.target_type, decided.target_id, decided.reason),
        )],
    )
    .audited(AREA);
}

/// The owner of a hidden thing appealed.
#[derive(Serialize)]
pub(crate) struct Appealed<'a> {
    pub(crate) target_type: SubjectKind,
    pub(crate) name: &'a str,
}

impl EventType for Appealed<'_> {
    const SPEC: Spec = Spec::internal("safety.appealed").audited(AREA);
}

/// An admin turned the appeal down.
#[derive(Serialize)]
pub(crate) struct Upheld<'a> {
    #[serde(flatten)]
    pub(crate) decided: Decided<'a>,
}

impl EventType for Upheld<'_> {
    const SPEC: Spec = Spec::new(
        "safety.upheld",
        &[View::new(
            OWN,
            "safety.upheld",
            "your appeal was turned down; the thing stays hidden",
            fields!(Upheld: decided.case_id, decided.target_type, decided.target_id, decided.reason),
        )],
    )
    .audited(AREA);
}

/// A hidden thing is shown again.
#[derive(Serialize)]
pub(crate) struct Restored<'a> {
    #[serde(flatten)]
    pub(crate) decided: Decided<'a>,
}

impl EventType for Restored<'_> {
    const SPEC: Spec = Spec::new(
        "safety.restored",
        &[View::new(
            OWN,
            "safety.restored",
            "a hidden thing of your team is shown again",
            fields!(Restored: decided.case_id, decided.target_type, decided.target_id, decided.reason),
        )],
    )
    .audited(AREA);
}
