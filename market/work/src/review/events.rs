//! The events of a review.

use super::Verdict;
use crate::job::Category;
use crate::job::events::JobFacts;
use kernel::id::{JobId, SeatId};
use kernel::{Money, Time};
use platform::event::{BOTH, EventType, NAMED, OWN, Spec, TOPIC, View, fields};
use serde::Serialize;

/// The specs of a review's events.
pub const SPECS: &[Spec] = &[
    SettingsChanged::SPEC,
    Needed::SPEC,
    SeatTaken::SPEC,
    SeatReturned::SPEC,
    Assigned::SPEC,
    ReviewStarted::SPEC,
    Submitted::SPEC,
    Tied::SPEC,
    SeatsFreed::SPEC,
    TooFew::SPEC,
    Unfilled::SPEC,
    Decided::SPEC,
    Settled::SPEC,
    Expired::SPEC,
    Ended::SPEC,
];

/// The poster changed the review settings.
#[derive(Serialize)]
pub(crate) struct SettingsChanged {
    pub(crate) proof_required: bool,
    pub(crate) proofer_count: i64,
    pub(crate) proof_fee: Money,
}

impl EventType for SettingsChanged {
    const SPEC: Spec = Spec::new(
        "job.proof_settings",
        &[View::new(
            OWN,
            "job.proof_settings",
            "you changed how the work is to be judged",
            fields!(SettingsChanged: proof_required, proofer_count, proof_fee),
        )],
    );
}

/// A job needs proofers.
#[derive(Serialize)]
pub(crate) struct Needed<'a> {
    pub(crate) title: &'a str,
    pub(crate) category: Category,
    pub(crate) proof_fee: Money,
    pub(crate) proofer_count: i64,
    pub(crate) due_at: Option<Time>,
}

impl EventType for Needed<'_> {
    const SPEC: Spec = Spec::new(
        "proof.needed",
        &[View::new(
            TOPIC,
            "proof.needed",
            "a job of your kinds of work looks for proofers",
            fields!(Needed: title, category, proof_fee, proofer_count, due_at),
        )],
    );
}

/// The poster gave a seat to a proofer.
#[derive(Serialize)]
pub(crate) struct SeatTaken<'a> {
    pub(crate) agent: &'a str,
    pub(crate) slots_filled: i64,
    pub(crate) slots_total: i64,
}

impl EventType for SeatTaken<'_> {
    const SPEC: Spec = Spec::new(
        "proof.accepted",
        &[View::new(OWN, "proof.accepted", "you chose a proofer", fields!(SeatTaken: agent, slots_filled, slots_total))],
    )
    .in_history();
}

/// The poster took back the acceptance of a proofer.
#[derive(Serialize)]
pub(crate) struct SeatReturned<'a> {
    pub(crate) agent: &'a str,
    pub(crate) slots_filled: i64,
    pub(crate) slots_total: i64,
}

impl EventType for SeatReturned<'_> {
    const SPEC: Spec = Spec::new(
        "proof.unaccepted",
        &[View::new(
            OWN,
            "proof.unaccepted",
            "you took back the choice of a proofer",
            fields!(SeatReturned: agent, slots_filled, slots_total),
        )],
    )
    .in_history();
}

/// A proofer's fee is held, and the time for the verdict runs.
#[derive(Serialize)]
pub(crate) struct Assigned<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) category: Category,
    pub(crate) seat_id: &'a SeatId,
    pub(crate) round: i64,
    pub(crate) fee: Money,
    pub(crate) due_at: Option<Time>,
}

impl EventType for Assigned<'_> {
    const SPEC: Spec = Spec::new(
        "proof.assigned",
        &[View::new(
            OWN,
            "proof.assigned",
            "you have a seat among a job's proofers, and its fee is held: judge until `due_at`",
            fields!(Assigned: title, category, seat_id, round, fee, due_at),
        )],
    );
}

/// The round's seats are funded, and the proofers judge the work.
#[derive(Serialize)]
pub(crate) struct ReviewStarted<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) round: i64,
    pub(crate) due_at: Option<Time>,
    /// The fees that are held for the round.
    pub(crate) held: Money,
    /// True if the round began by itself with the proofers of the last one.
    pub(crate) resumed: bool,
}

impl EventType for ReviewStarted<'_> {
    const SPEC: Spec = Spec::new(
        "job.in_review",
        &[
            View::new(
                OWN,
                "job.in_review",
                "the proofers judge the work; the poster reads in `held` what was taken from the wallet for it, automatically if `resumed`",
                fields!(ReviewStarted: job.title, job.status, round, due_at, held, resumed),
            ),
            View::new(
                NAMED,
                "job.in_review",
                "the proofers judge the work; the poster reads in `held` what was taken from the wallet for it, automatically if `resumed`",
                fields!(ReviewStarted: job.title, job.status, round, due_at),
            ),
        ],
    )
    .in_history();
}

/// A proofer submitted a verdict.
#[derive(Serialize)]
pub(crate) struct Submitted<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) agent: &'a str,
    pub(crate) round: i64,
    pub(crate) verdict: Verdict,
}

impl EventType for Submitted<'_> {
    const SPEC: Spec = Spec::new(
        "proof.submitted",
        &[View::new(OWN, "proof.submitted", "a proofer gave a verdict", fields!(Submitted: title, agent, round, verdict))],
    )
    .in_history();
}

/// The verdicts of a round tie.
#[derive(Serialize)]
pub(crate) struct Tied<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) round: i64,
    pub(crate) seats: i64,
}

impl EventType for Tied<'_> {
    const SPEC: Spec = Spec::new(
        "proof.tied",
        &[View::new(OWN, "proof.tied", "the verdicts are tied, and a tie-break seat is open", fields!(Tied: title, round, seats))],
    )
    .in_history();
}

/// Silent proofers lost their seats.
#[derive(Serialize)]
pub(crate) struct SeatsFreed<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) round: i64,
    pub(crate) accepted: i64,
    pub(crate) required: i64,
}

impl EventType for SeatsFreed<'_> {
    const SPEC: Spec = Spec::new(
        "proof.seats_freed",
        &[View::new(
            OWN,
            "proof.seats_freed",
            "proofers gave no verdict in time: choose others, or ask for fewer",
            fields!(SeatsFreed: title, round, accepted, required),
        )],
    )
    .in_history();
}

/// Half of the time for choosing proofers is over, and there are too few.
#[derive(Serialize)]
pub(crate) struct TooFew<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) round: i64,
    pub(crate) accepted: i64,
    pub(crate) required: i64,
    pub(crate) due_at: Option<Time>,
}

impl EventType for TooFew<'_> {
    const SPEC: Spec = Spec::new(
        "proof.too_few",
        &[View::new(
            OWN,
            "proof.too_few",
            "too few proofers have a funded seat: at `due_at` you judge the work yourself",
            fields!(TooFew: title, round, accepted, required, due_at),
        )],
    );
}

/// The round had no verdict in time, so the poster judges the work.
#[derive(Serialize)]
pub(crate) struct Unfilled<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) round: i64,
    pub(crate) due_at: Option<Time>,
}

impl EventType for Unfilled<'_> {
    const SPEC: Spec = Spec::new(
        "proof.unfilled",
        &[View::new(
            BOTH,
            "proof.unfilled",
            "no proofer gave a verdict in time: the poster judges the work until `due_at`",
            fields!(Unfilled: job.title, job.status, round, due_at),
        )],
    )
    .in_history();
}

/// A round was decided.
#[derive(Serialize)]
pub(crate) struct Decided<'a> {
    #[serde(flatten)]
    pub(crate) job: JobFacts<'a>,
    pub(crate) round: i64,
    pub(crate) consensus: Verdict,
    /// True if no verdict was given by more than half.
    pub(crate) tied: bool,
    pub(crate) score: i64,
    pub(crate) revisions: i64,
}

impl EventType for Decided<'_> {
    const SPEC: Spec = Spec::new(
        "proof.consensus",
        &[View::new(
            BOTH,
            "proof.consensus",
            "the proofers decided",
            fields!(Decided: job.title, job.status, round, consensus, tied, score, revisions),
        )],
    )
    .in_history();
}

/// A proofer was paid for a verdict.
#[derive(Serialize)]
pub(crate) struct Settled<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) round: i64,
    pub(crate) consensus: Verdict,
    pub(crate) fee: Money,
}

impl EventType for Settled<'_> {
    const SPEC: Spec = Spec::new(
        "proof.settled",
        &[View::new(
            OWN,
            "proof.settled",
            "a review that you took part in reached its consensus, and your fee is paid",
            fields!(Settled: title, round, consensus, fee),
        )],
    );
}

/// A proofer gave no verdict in time.
#[derive(Serialize)]
pub(crate) struct Expired<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) round: i64,
}

impl EventType for Expired<'_> {
    const SPEC: Spec = Spec::new(
        "proof.expired",
        &[View::new(OWN, "proof.expired", "you gave no verdict in time; the seat and its fee are gone", fields!(Expired: title, round))],
    );
}

/// A proofer's verdict is not needed any more.
#[derive(Serialize)]
pub(crate) struct Ended<'a> {
    pub(crate) job_id: &'a JobId,
    pub(crate) title: &'a str,
    pub(crate) round: i64,
    pub(crate) paid: bool,
}

impl EventType for Ended<'_> {
    const SPEC: Spec = Spec::new(
        "proof.ended",
        &[View::new(OWN, "proof.ended", "a review ended before your verdict was needed", fields!(Ended: title, round, paid))],
    );
}
