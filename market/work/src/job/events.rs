//! The events of a job.

mod listing;

use super::{Escrow, Job, Reason, Ruling};
use crate::application::events::UPDATE;
use kernel::id::{ApplicationId, DeliverableId, TeamId};
use kernel::{Money, Time};
pub(crate) use listing::{Changed, Featured, HandedBack, Lapsed, Posted, Relisted, Unfeatured};
use platform::event::{BOTH, EventType, NAMED, OWN, Spec, View, fields};
use serde::Serialize;

/// The specs of a job's events.
pub const SPECS: &[Spec] = &[
    Posted::SPEC,
    Relisted::SPEC,
    Featured::SPEC,
    Unfeatured::SPEC,
    Accepted::SPEC,
    Lapsed::SPEC,
    HandedBack::SPEC,
    Changed::SPEC,
    Funded::SPEC,
    BudgetHeld::SPEC,
    Delivered::SPEC,
    RevisionRequested::SPEC,
    Rejected::SPEC,
    CalledOff::SPEC,
    Approved::SPEC,
    Completed::SPEC,
    Refunded::SPEC,
    Cancelled::SPEC,
    Expired::SPEC,
    Ruled::SPEC,
];

/// The facts that events of a job share.
#[derive(Serialize)]
pub(crate) struct JobFacts<'a> {
    pub(crate) title: &'a str,
    pub(crate) status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    worker_team_id: Option<&'a TeamId>,
}

impl<'a> From<&'a Job> for JobFacts<'a> {
    fn from(job: &'a Job) -> Self {
        Self { title: &job.title, status: job.status.public_word(), worker_team_id: job.worker_team_id.as_ref() }
    }
}

/// The poster chose an application.
#[derive(Serialize)]
pub(crate) struct Accepted<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) application_id: &'a ApplicationId,
    pub(crate) agent: &'a str,
    pub(crate) price: Money,
    pub(crate) fee: Money,
}

impl EventType for Accepted<'_> {
    const SPEC: Spec = Spec::new(
        "job.accepted",
        &[
            View::new(
                OWN,
                "job.accepted",
                "you chose an application; fund it next",
                fields!(Accepted: job.title, job.status, application_id, agent, price, fee),
            ),
            View::of_type(NAMED, UPDATE, fields!(Accepted: job.title, application_id, price)).leaving("accepted"),
        ],
    )
    .in_history();
}

/// The highest budget and its fee are held, since the job was posted or its budget was changed.
#[derive(Serialize)]
pub(crate) struct BudgetHeld<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) budget_max: Money,
    pub(crate) held: Money,
}

impl<'a> BudgetHeld<'a> {
    pub(crate) fn of(job: &'a Job) -> Self {
        Self { job: job.into(), budget_max: job.budget_max, held: job.cost_at(job.budget_max).total() }
    }
}

impl EventType for BudgetHeld<'_> {
    const SPEC: Spec = Spec::new(
        "job.budget_held",
        &[View::new(
            OWN,
            "job.budget_held",
            "the highest budget and its fee are held for the job",
            fields!(BudgetHeld: job.title, job.status, budget_max, held),
        )],
    )
    .in_history();
}

/// The poster called a job off that is under way.
#[derive(Serialize)]
pub(crate) struct CalledOff<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) reason: &'a str,
}

impl EventType for CalledOff<'_> {
    const SPEC: Spec = Spec::new(
        "job.called_off",
        &[View::new(
            BOTH,
            "job.called_off",
            "the poster called off a job that is under way; the money goes back unless the worker opens a dispute",
            fields!(CalledOff: job.title, job.status, reason),
        )],
    )
    .in_history();
}

/// The agreed price and the fee are held.
#[derive(Serialize)]
pub(crate) struct Funded<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) application_id: Option<&'a ApplicationId>,
    pub(crate) price: Money,
    pub(crate) fee: Money,
    pub(crate) held: Money,
}

impl EventType for Funded<'_> {
    const SPEC: Spec = Spec::new(
        "job.funded",
        &[
            View::new(
                OWN,
                "job.funded",
                "the money is in escrow, and the worker may start",
                fields!(Funded: job.title, job.status, price, fee, held),
            ),
            View::of_type(NAMED, UPDATE, fields!(Funded: job.title, application_id, price)).leaving("funded"),
        ],
    )
    .in_history();
}

/// A version of the work was delivered.
#[derive(Serialize)]
pub(crate) struct Delivered<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) version: i64,
    pub(crate) deliverable_id: &'a DeliverableId,
}

impl EventType for Delivered<'_> {
    const SPEC: Spec = Spec::new(
        "job.delivered",
        &[View::new(BOTH, "job.delivered", "work was handed in", fields!(Delivered: job.title, job.status, version, deliverable_id))],
    )
    .in_history();
}

/// The poster requested a revision.
#[derive(Serialize)]
pub(crate) struct RevisionRequested<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) message: &'a str,
    pub(crate) revisions: i64,
}

impl EventType for RevisionRequested<'_> {
    const SPEC: Spec = Spec::new(
        "job.revision_requested",
        &[View::new(
            BOTH,
            "job.revision_requested",
            "the work goes back to the worker",
            fields!(RevisionRequested: job.title, job.status, message, revisions),
        )],
    )
    .in_history();
}

/// The poster rejected the work.
#[derive(Serialize)]
pub(crate) struct Rejected<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) reason: Reason,
    pub(crate) message: &'a str,
}

impl EventType for Rejected<'_> {
    const SPEC: Spec = Spec::new(
        "job.rejected",
        &[View::new(BOTH, "job.rejected", "the work was refused", fields!(Rejected: job.title, job.status, reason, message))],
    )
    .in_history();
}

/// The work was approved, by the poster or by the timer.
#[derive(Serialize)]
pub(crate) struct Approved<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) by: &'a str,
    pub(crate) price: Option<Money>,
    /// The end of the cooldown; none when the job pays at once.
    pub(crate) release_at: Option<Time>,
}

impl EventType for Approved<'_> {
    const SPEC: Spec = Spec::new(
        "job.approved",
        &[View::new(
            BOTH,
            "job.approved",
            "the work was found good; the payment cools down",
            fields!(Approved: job.title, job.status, by, price, release_at),
        )],
    )
    .in_history();
}

/// The worker was paid.
#[derive(Serialize)]
pub(crate) struct Completed<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) escrow: Escrow,
    /// The money that the worker received.
    pub(crate) price: Option<Money>,
    /// The agreed price, if a ruling gave the worker a part of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) agreed: Option<Money>,
}

impl EventType for Completed<'_> {
    const SPEC: Spec = Spec::new(
        "job.completed",
        &[
            View::new(
                OWN,
                "job.completed",
                "your job's payment was released to the worker",
                fields!(Completed: job.title, job.status, price),
            ),
            View::new(
                NAMED,
                "payment.released",
                "the payment for a job is in your wallet",
                fields!(Completed: job.title, job.status, price as amount),
            ),
        ],
    )
    .in_history();
}

/// The poster was refunded.
#[derive(Serialize)]
pub(crate) struct Refunded<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) price: Option<Money>,
}

impl EventType for Refunded<'_> {
    const SPEC: Spec = Spec::new(
        "job.refunded",
        &[View::new(BOTH, "job.refunded", "the money is back with the poster", fields!(Refunded: job.title, job.status, price))],
    )
    .in_history();
}

/// The poster cancelled the job.
#[derive(Serialize)]
pub(crate) struct Cancelled<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) reason: Option<&'a str>,
}

impl EventType for Cancelled<'_> {
    const SPEC: Spec = Spec::new(
        "job.cancelled",
        &[View::new(BOTH, "job.cancelled", "the poster called the job off", fields!(Cancelled: job.title, job.status, reason))],
    )
    .in_history();
}

/// An open job found no worker in time, or its worker did not deliver in time.
#[derive(Serialize)]
pub(crate) struct Expired<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) escrow: Escrow,
}

impl EventType for Expired<'_> {
    const SPEC: Spec = Spec::new(
        "job.expired",
        &[View::new(BOTH, "job.expired", "nobody moved in time, and the job is closed", fields!(Expired: job.title, job.status, escrow))],
    )
    .in_history();
}

/// A ruling is being carried out.
#[derive(Serialize)]
pub(crate) struct Ruled<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) ruling: &'a Ruling,
    pub(crate) by: &'a str,
}

impl EventType for Ruled<'_> {
    const SPEC: Spec = Spec::new(
        "job.ruled",
        &[View::new(BOTH, "job.ruled", "a dispute was ruled on, and the money follows", fields!(Ruled: job.title, job.status, ruling, by))],
    );
}
