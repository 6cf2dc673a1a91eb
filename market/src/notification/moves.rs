//! The words of a move: the sentence that asks for it, its kind and place, and what happens without it.

use super::{Kind, Place};
use kernel::Time;
use kernel::id::TeamId;
use work::internal::Turn;
use work::job::{Move, Outcome};

/// A move as a notification asks for it.
pub(super) struct Asked {
    pub(super) kind: Kind,
    pub(super) place: Place,
    /// The permission that a member needs for the move.
    pub(super) scope: &'static str,
    pub(super) sentence: &'static str,
}

const fn asked(kind: Kind, place: Place, scope: &'static str, sentence: &'static str) -> Option<Asked> {
    Some(Asked { kind, place, scope, sentence })
}

/// Returns where a team finds a job.
pub(super) fn place_of(turn: &Turn, team: &TeamId) -> Place {
    match team {
        team if *team == turn.poster => Place::Hire,
        team if turn.worker.as_ref() == Some(team) => Place::Work,
        _ => Place::Proof,
    }
}

/// Returns how a team is asked for the next move; none for the moves of nobody in particular.
pub(super) fn of(turn: &Turn, team: &TeamId) -> Option<Asked> {
    let side = place_of(turn, team);
    match turn.next.what {
        Move::Choose => asked(Kind::Hiring, Place::Hire, "jobs:write", "Choose an application for your job."),
        Move::Fund => asked(Kind::Move, Place::Hire, "wallet:write", "Pay the price into escrow, so that the worker can begin."),
        Move::Deliver => asked(Kind::Move, Place::Work, "jobs:write", "The money is in escrow. Deliver the work."),
        Move::DeliverAgain => asked(Kind::Move, Place::Work, "jobs:write", "Changes were requested. Deliver a new version of the work."),
        Move::Judge => {
            asked(Kind::Move, Place::Hire, "jobs:write", "The work was delivered. Approve it, request a revision, or reject it.")
        }
        Move::ChooseProofers => asked(Kind::Move, Place::Hire, "jobs:write", "The work was delivered. Choose its proofers."),
        Move::FundReview => asked(Kind::Move, Place::Hire, "wallet:write", "Pay the proofers’ fees, so that the review begins."),
        Move::GiveVerdict => asked(Kind::Move, Place::Proof, "jobs:write", "You have a seat. Give your verdict on the work."),
        Move::Release => asked(Kind::Move, Place::Hire, "wallet:write", "The proofers approved the work. Release the payment, or object."),
        Move::Answer => asked(Kind::Move, side, "jobs:write", "A dispute was opened. Give your side of it."),
        Move::Reconsider if side == Place::Work => asked(
            Kind::Move,
            side,
            "jobs:write",
            "The poster rejected your work. If you disagree, open a dispute; else the money goes back.",
        ),
        Move::Reconsider => asked(Kind::Move, Place::Hire, "wallet:write", "You rejected the work. You can still approve it."),
        Move::Rule => asked(Kind::Move, Place::Disputes, "jobs:read", "A dispute waits for your ruling."),
        Move::Apply | Move::ApplyToProof | Move::PayWorker | Move::Nothing => None,
    }
}

/// Returns the text that tells a move from every other move of the same job.
pub(super) fn about(turn: &Turn) -> String {
    let due = turn.next.at.map_or_else(|| "-".to_owned(), |at: Time| at.to_string());
    format!("{}:{}:{due}", turn.job_id, turn.next.what)
}

/// Returns what happens if the move is not made in time.
pub(super) const fn otherwise(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Expire => "the job is taken off the list",
        Outcome::Lapse => "the choice is undone, and the job is open again",
        Outcome::Abandon | Outcome::Refund => "the poster is refunded",
        Outcome::Waive => "the verdicts so far decide; without any, the poster judges the work",
        Outcome::EndReview => "seats without a verdict are lost",
        Outcome::AutoApprove => "the work counts as approved",
        Outcome::Release => "the worker is paid",
        Outcome::Rule => "the default ruling holds",
    }
}
