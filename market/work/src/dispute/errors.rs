//! The refusals of disputes.

use super::{EVIDENCE_MAX, NewFact, OPENED_MAX, Status};
use crate::job;
use kernel::text::any_of;
use kernel::{Error, Kind};

/// A dispute on the job waits for its ruling.
pub fn dispute_open() -> Error {
    Error::conflict("dispute_open", "A dispute on this job waits for its ruling; answer it, or show evidence in it.")
}

/// Proofers judge the work first.
pub fn review_first(status: job::Status) -> Error {
    let message = "Proofers judge this work; their word comes first. A dispute can be opened when they have spoken.";
    Error::conflict("review_first", message).with("status", status.public_word())
}

/// The side has opened as many disputes on the job as it may.
pub fn disputes_used_up() -> Error {
    Error::conflict("disputes_used_up", format!("Your side has opened {OPENED_MAX} disputes on this job, the most there can be."))
}

/// The poster approved the work and names no new fact.
pub fn approval_binds() -> Error {
    let known = any_of(NewFact::ALL.iter().map(|fact| fact.as_str()));
    let message = format!("You approved this work. A dispute now needs a new fact: {known}.");
    Error { kind: Kind::Conflict, code: "approval_binds".into(), ..Error::field("new_fact", message) }
}

/// The side that opened a dispute does not answer it.
pub fn own_dispute() -> Error {
    Error::conflict("own_dispute", "Your side opened this dispute; the other one answers. You can show evidence.")
}

/// The side has answered.
pub fn already_answered() -> Error {
    Error::conflict("already_answered", "You have answered; an answer is given once. You can still show evidence.")
}

/// The side has shown as much as it may.
pub fn evidence_used_up() -> Error {
    Error::conflict("evidence_used_up", format!("Your side has shown {EVIDENCE_MAX} items, the most there can be."))
}

/// The other side opened the dispute.
pub fn not_opener() -> Error {
    Error::conflict("not_opener", "Only the side that opened a dispute can take it back.")
}

/// The job, whose status this is, has no open dispute.
pub fn no_dispute(status: job::Status) -> Error {
    Error::conflict("no_dispute", "There is no open dispute on this job.").with("status", status.public_word())
}

/// An admin has a stake in the job: as a side, as a proofer, or by an application.
pub fn own_side() -> Error {
    Error::forbidden("own_dispute", "You have a stake in this job; another admin has to rule.")
}

/// The dispute has ended.
pub fn dispute_closed(status: Status) -> Error {
    Error::conflict("dispute_closed", format!("This dispute is {status}; nothing is left to rule on.")).with("status", status.as_str())
}
