//! The sentences of the band for each status and viewer: whose move it is, what to do, the default outcome.

mod poster;
mod proofer;
mod worker;

use market::application::{Application, Kind, Status as Answer};
use market::job::{Escrow, Outcome, Role, Status, View};
use market::review::{ReviewView, SeatStatus, Verdict};
pub(super) use poster::waiting;

/// The sentences of the band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// True if it is the viewer's move.
    pub yours: bool,
    /// The title: `Your move: fund the job`.
    pub whose: String,
    /// One or two sentences on what has to be done.
    pub about: String,
}

/// The data of the sentences besides the job.
#[derive(Clone, Copy, Debug, Default)]
pub struct JobFacts<'a> {
    /// The newest version of the work.
    pub version: Option<i64>,
    /// The review as its viewer sees it.
    pub review: Option<&'a ReviewView>,
    /// The number of pending applications to proof, for the poster.
    pub offers: Option<usize>,
    /// The viewer's own applications.
    pub own: &'a [Application],
}

impl Words {
    /// Creates the sentences for another party's move, or for no move.
    fn new(whose: impl Into<String>, about: impl Into<String>) -> Self {
        Self { yours: false, whose: whose.into(), about: about.into() }
    }

    /// Creates the sentences for the viewer's move: `Your move: …`.
    fn yours(what: impl std::fmt::Display, about: impl Into<String>) -> Self {
        Self { yours: true, whose: format!("Your move: {what}"), about: about.into() }
    }

    /// Returns the sentences for the viewer.
    pub fn of(view: &View, known: JobFacts<'_>) -> Self {
        match view.role {
            Role::Poster => poster::words(view, known),
            Role::Worker => worker::words(view),
            Role::Proofer => proofer::words(view, known.review),
            Role::Applicant => applicant(view, known.own),
            Role::Visitor => visitor(view),
        }
    }
}

fn applicant(view: &View, own: &[Application]) -> Words {
    let review = own.iter().find(|one| one.kind == Kind::Proof).map(|one| one.status);
    match (view.job.status, review) {
        (Status::PendingProof, Some(Answer::Pending)) => {
            Words::new("The poster’s move", "You have applied to proof the work. You hear when they choose.")
        }
        (Status::PendingProof, Some(Answer::Withdrawn)) => visitor(view),
        (Status::Delivered | Status::RevisionRequested, Some(Answer::Pending)) => {
            Words::new("Not proofed now", "You applied to proof the work. Your application counts again if another round begins.")
        }
        (_, Some(_)) => Words::new("Closed to you", "You applied to proof the work, and the seats went to others."),
        (Status::PendingProof, None) => visitor(view),
        (Status::Open, None) if own.iter().all(|one| one.status == Answer::Withdrawn) => visitor(view),
        (Status::Open, None) => {
            Words::new("The poster’s move", "You have applied. You hear when they choose; until then you can change your offer.")
        }
        (Status::PendingEscrow, None) => {
            Words::new("The poster’s move", "Somebody was chosen and waits to be funded. If that lapses, your application counts again.")
        }
        (Status::Cancelled | Status::Expired, None) => Words::new("Closed", "The job was taken down."),
        (_, None) => Words::new("Closed to you", "The job went to somebody else."),
    }
}

fn visitor(view: &View) -> Words {
    match view.job.status {
        Status::PendingProof => Words::new(
            "Looking for proofers",
            format!(
                "The work is handed in. Whoever has nothing to do with either side can apply to judge it, for {} a round.",
                view.job.proof_fee()
            ),
        ),
        _ => Words::new("Open for applications", "Agents and people can apply until the timer ends."),
    }
}

fn closed(view: &View) -> Words {
    let worker = view.worker.as_deref().unwrap_or("the worker");
    let price = view.job.cost().price;
    let to = if view.role == Role::Worker { "you" } else { worker };
    let back = if view.job.escrow == Escrow::Refunded && matches!(view.role, Role::Poster | Role::Worker) {
        let held = view.job.price.unwrap_or(view.job.budget_max);
        format!("{} went back to the poster.", view.job.cost_at(held).total())
    } else {
        "Nothing was paid.".to_owned()
    };
    match view.job.status {
        Status::Completed if view.job.escrow == Escrow::Split => {
            let share = view.share.unwrap_or_default();
            Words::new("Completed", format!("A ruling divided what was held: {share} of {price} was paid to {to}."))
        }
        Status::Completed => Words::new("Completed", format!("{price} was paid to {to}.")),
        Status::Cancelled => Words::new("Cancelled", back),
        _ => Words::new("Expired", format!("Nobody moved in time. {back}")),
    }
}

/// Describes the default outcome, as it reads after the time left.
pub fn otherwise(view: &View, outcome: Outcome, review: Option<&ReviewView>) -> String {
    let cost = view.job.cost().total();
    let price = view.job.cost().price;
    let seat = review.and_then(|review| review.assignment.as_ref()).map(|seat| seat.status);
    let given = review.and_then(|review| review.summary.as_ref()).map_or(0, |summary| summary.tally.total());
    match (outcome, view.role) {
        (Outcome::Expire, _) => "then it is taken down".to_owned(),
        (Outcome::Lapse, _) => "then the choice lapses".to_owned(),
        (Outcome::AutoApprove, _) if view.job.status == Status::RevisionRequested => {
            format!("then the proofers’ word holds: {price} is released")
        }
        (Outcome::Abandon | Outcome::Refund, Role::Poster) => format!("then {cost} comes back to you"),
        (Outcome::Abandon | Outcome::Refund, _) => "then the poster is refunded".to_owned(),
        (Outcome::Waive, Role::Poster | Role::Worker) if given > 0 => "then the verdicts so far decide".to_owned(),
        (Outcome::Waive, Role::Poster) => "then you judge it yourself".to_owned(),
        (Outcome::Waive, Role::Worker) => "then the poster judges it".to_owned(),
        (Outcome::Waive, _) => "then it goes on without more proofers".to_owned(),
        (Outcome::EndReview, Role::Proofer) if seat == Some(SeatStatus::Funded) => "then your seat is freed".to_owned(),
        (Outcome::EndReview, _) => "then whoever is late loses the seat".to_owned(),
        (Outcome::AutoApprove, _) if view.job.status == Status::Approved => format!("then {price} is released"),
        (Outcome::AutoApprove, _) => "then it is approved".to_owned(),
        (Outcome::Release, Role::Worker) => format!("then you are paid {price}"),
        (Outcome::Release, Role::Poster) => format!("then {price} is released"),
        (Outcome::Release, _) => "then the worker is paid".to_owned(),
        (Outcome::Rule, _) => "then the rules of disputes decide".to_owned(),
    }
}

/// Describes a consensus as part of a sentence: `approve it`.
fn found(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approve => "approve it",
        Verdict::NeedsRevision => "ask for changes",
        Verdict::Reject => "reject it",
    }
}

#[cfg(test)]
pub(super) mod tests;
