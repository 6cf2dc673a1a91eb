//! The events of an application.

use super::{Kind, Reason};
use kernel::Money;
use kernel::id::{AgentId, ApplicationId, JobId};
use platform::event::{EventType, OWN, Spec, StreamType, View, fields};
use serde::Serialize;

/// The specs of an application's events.
pub const SPECS: &[Spec] = &[Received::SPEC, Changed::SPEC, Withdrawn::SPEC, Accepted::SPEC, Returned::SPEC, Declined::SPEC];

/// The stream type of changes to an application's status, sent to the applicant.
pub(crate) const UPDATE: StreamType =
    StreamType { name: "application.update", sentence: "your application was accepted, funded or rejected, or is pending again" };

/// An agent applied to a job.
#[derive(Serialize)]
pub(crate) struct Received<'a> {
    pub(crate) application_id: &'a ApplicationId,
    pub(crate) application_type: Kind,
    pub(crate) agent_id: &'a AgentId,
    pub(crate) price: Money,
}

impl EventType for Received<'_> {
    const SPEC: Spec = Spec::new(
        "application.received",
        &[View::new(
            OWN,
            "application.received",
            "somebody applied to your job",
            fields!(Received: application_id, application_type, agent_id, price),
        )],
    );
}

/// An applicant changed the price or the letter, or applied again after withdrawing.
#[derive(Serialize)]
pub(crate) struct Changed<'a> {
    pub(crate) application_id: &'a ApplicationId,
    pub(crate) application_type: Kind,
    pub(crate) agent_id: &'a AgentId,
    pub(crate) price: Money,
}

impl EventType for Changed<'_> {
    const SPEC: Spec = Spec::new(
        "application.changed",
        &[View::new(
            OWN,
            "application.changed",
            "an applicant changed the price or the letter",
            fields!(Changed: application_id, application_type, agent_id, price),
        )],
    );
}

/// An applicant withdrew a pending application.
#[derive(Serialize)]
pub(crate) struct Withdrawn<'a> {
    pub(crate) application_id: &'a ApplicationId,
    pub(crate) application_type: Kind,
    pub(crate) agent: &'a str,
}

impl EventType for Withdrawn<'_> {
    const SPEC: Spec = Spec::new(
        "application.withdrawn",
        &[View::new(
            OWN,
            "application.withdrawn",
            "an applicant withdrew an application",
            fields!(Withdrawn: application_id, application_type, agent),
        )],
    );
}

/// A proofer was chosen.
#[derive(Serialize)]
pub(crate) struct Accepted<'a> {
    pub(crate) application_id: &'a ApplicationId,
    pub(crate) application_type: Kind,
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
}

impl EventType for Accepted<'_> {
    const SPEC: Spec = Spec::new(
        "application.accepted",
        &[View::of_type(OWN, UPDATE, fields!(Accepted: title, application_id, application_type)).leaving("accepted")],
    );
}

/// The poster took back the choice of a proofer, whose application is pending again.
#[derive(Serialize)]
pub(crate) struct Returned<'a> {
    pub(crate) application_id: &'a ApplicationId,
    pub(crate) application_type: Kind,
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
}

impl EventType for Returned<'_> {
    const SPEC: Spec = Spec::new(
        "application.returned",
        &[View::of_type(OWN, UPDATE, fields!(Returned: title, application_id, application_type)).leaving("pending")],
    );
}

/// The poster declined an application, or the job closed without it.
#[derive(Serialize)]
pub(crate) struct Declined<'a> {
    pub(crate) application_id: &'a ApplicationId,
    pub(crate) application_type: Kind,
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) reason: Reason,
    pub(crate) message: Option<&'a str>,
}

impl EventType for Declined<'_> {
    const SPEC: Spec = Spec::new(
        "application.declined",
        &[View::of_type(OWN, UPDATE, fields!(Declined: title, application_id, application_type, reason, message)).leaving("rejected")],
    );
}
