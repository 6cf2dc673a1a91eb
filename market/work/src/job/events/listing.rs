//! The events of a job while it is listed: what workers are offered, and how it comes and goes.

use crate::application::events::UPDATE;
use crate::job::{Category, HandBackReason, Job, Status};
use kernel::id::{ApplicationId, TeamId};
use kernel::{Money, Time};
use platform::event::{BOTH, EventType, Field, NAMED, OWN, Spec, TOPIC, View, fields};
use serde::Serialize;

/// The facts of a job that workers are offered when it opens.
#[derive(Serialize)]
pub(crate) struct Offered<'a> {
    title: &'a str,
    summary: &'a str,
    category: Category,
    budget_min: Money,
    budget_max: Money,
    applications_until: Option<Time>,
    deadline: Option<Time>,
    proof_required: bool,
}

impl<'a> From<&'a Job> for Offered<'a> {
    fn from(job: &'a Job) -> Self {
        Self {
            title: &job.title,
            summary: &job.summary,
            category: job.category,
            budget_min: job.budget_min,
            budget_max: job.budget_max,
            applications_until: job.applications_until,
            deadline: job.deadline,
            proof_required: job.review.is_some(),
        }
    }
}

const OFFERED: &[Field] = fields!(Offered: title, summary, category, budget_min, budget_max, applications_until, deadline, proof_required);
const AVAILABLE: View =
    View::new(TOPIC, "job.available", "a job of your specializations or preferences was posted, or is open again", OFFERED)
        .worth("budget_max");

/// A job was listed.
#[derive(Serialize)]
pub(crate) struct Posted<'a> {
    #[serde(flatten)]
    pub(crate) offered: Offered<'a>,
}

impl EventType for Posted<'_> {
    const SPEC: Spec = Spec::new("job.posted", &[View::new(OWN, "job.posted", "your job is listed", OFFERED), AVAILABLE]).in_history();
}

/// An admin shows a job again that was hidden while it was open.
#[derive(Serialize)]
pub(crate) struct Relisted<'a> {
    #[serde(flatten)]
    pub(crate) offered: Offered<'a>,
}

impl EventType for Relisted<'_> {
    const SPEC: Spec = Spec::new("job.relisted", &[AVAILABLE]);
}

/// Featured days were bought.
#[derive(Serialize)]
pub(crate) struct Featured<'a> {
    pub(crate) title: &'a str,
    pub(crate) featured_until: Time,
    pub(crate) days: i64,
    pub(crate) price: Money,
}

impl EventType for Featured<'_> {
    const SPEC: Spec = Spec::new(
        "job.featured",
        &[View::new(
            OWN,
            "job.featured",
            "your job stands above other open jobs until `featured_until`",
            fields!(Featured: title, featured_until, days, price),
        )],
    )
    .in_history();
}

/// The featured days are over.
#[derive(Serialize)]
pub(crate) struct Unfeatured<'a> {
    pub(crate) title: &'a str,
}

impl EventType for Unfeatured<'_> {
    const SPEC: Spec = Spec::new(
        "job.unfeatured",
        &[View::new(OWN, "job.unfeatured", "your job stands among the other open jobs again", fields!(Unfeatured: title))],
    );
}

/// The poster did not fund the choice in time, or declined it because the worker was suspended.
#[derive(Serialize)]
pub(crate) struct Lapsed<'a> {
    #[serde(flatten)]
    pub(crate) offered: Offered<'a>,
    pub(crate) status: Status,
    pub(crate) worker_team_id: Option<&'a TeamId>,
    pub(crate) application_id: Option<&'a ApplicationId>,
}

impl EventType for Lapsed<'_> {
    const SPEC: Spec = Spec::new(
        "job.lapsed",
        &[
            View::new(OWN, "job.lapsed", "the choice was not funded, so the job is open again", fields!(Lapsed: offered.title, status)),
            View::of_type(NAMED, UPDATE, fields!(Lapsed: offered.title, application_id)).leaving("pending"),
            AVAILABLE,
        ],
    )
    .in_history();
}

/// The worker gave the job back: it is open again, or cancelled with a refund once it was funded.
#[derive(Serialize)]
pub(crate) struct HandedBack<'a> {
    #[serde(flatten)]
    pub(crate) offered: Offered<'a>,
    pub(crate) status: Status,
    pub(crate) reason: HandBackReason,
    /// The worker's own words.
    pub(crate) message: Option<&'a str>,
    /// The worker's application, which says whose words these are.
    pub(crate) application_id: Option<&'a ApplicationId>,
}

impl EventType for HandedBack<'_> {
    const SPEC: Spec = Spec::new(
        "job.handed_back",
        &[
            View::new(
                BOTH,
                "job.handed_back",
                "the worker gave the job back; it is open again, or cancelled and the money is back",
                fields!(HandedBack: offered.title, status, reason, message),
            ),
            AVAILABLE,
        ],
    )
    .in_history();
}

/// The poster changed an open job.
#[derive(Serialize)]
pub(crate) struct Changed<'a> {
    #[serde(flatten)]
    pub(crate) offered: Offered<'a>,
}

impl EventType for Changed<'_> {
    const SPEC: Spec =
        Spec::new("job.changed", &[View::new(BOTH, "job.changed", "an open job says something else now; read it again", OFFERED)])
            .in_history();
}
