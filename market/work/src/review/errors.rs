//! The refusals of reviews.

use crate::job::Status;
use crate::job::errors::not_while;
use crate::party::Party;
use kernel::id::JobId;
use kernel::text::Word;
use kernel::{Error, Next, Time};

/// The settings are final from the moment that the work is being judged.
pub fn settings_locked(status: Status) -> Error {
    let message = format!(
        "The job is {}; proof settings can be changed until it is funded, and reduced while proofers are being chosen.",
        status.spoken()
    );
    Error::conflict("proof_settings_locked", message).with("status", status.public_word())
}

/// While proofers are being chosen nothing but their number can be changed.
pub fn only_fewer_proofers() -> Error {
    let message = "The work is handed in and proofers are being chosen: only proofer_count can be changed now, and only downwards.";
    Error::conflict("proof_settings_locked", message)
}

/// No proofers are being chosen.
pub fn not_choosing(status: Status) -> Error {
    not_while(status, format!("The job is {}; proofers are chosen while it is pending proof.", status.spoken()))
}

/// Every seat of the round is taken.
pub fn slots_filled(job: &JobId, filled: i64, total: i64) -> Error {
    let error = Error::conflict("slots_filled", format!("All {total} seats are taken. Fund them."));
    error.with("slots_filled", filled).with("slots_total", total).helped_by(Next::FundReview(job.clone()))
}

/// No proofer was chosen.
pub fn nobody_chosen() -> Error {
    Error::invalid("nobody_chosen", "Tick at least one proofer, then accept the chosen.")
}

/// More proofers were chosen than there are free seats.
pub fn too_many_chosen(chosen: usize, free: i64) -> Error {
    let seats = if free == 1 { "1 seat is" } else { &format!("{free} seats are") };
    Error::conflict("too_many_chosen", format!("You chose {chosen} proofers, and {seats} free. Choose fewer; nobody was accepted."))
}

/// The application has no seat that can be taken back.
pub fn seat_not_free() -> Error {
    Error::conflict("seat_not_free", "This proofer has no seat that can be taken back: the seat is funded, or there is none.")
}

/// The proofer let the time pass in this round.
pub fn seat_given_up() -> Error {
    Error::conflict("seat_given_up", "This proofer had a seat in this round and gave no verdict in time. Choose another.")
}

/// The application offers to do the work, not to judge it.
pub fn other_kind(job: &JobId) -> Error {
    let message = "This is an application to do the work, not to proof it.";
    Error::conflict("other_kind", message).helped_by(Next::ChooseProofer(job.clone()))
}

/// Too few proofers are accepted.
pub fn proofers_missing(job: &JobId, accepted: i64, required: i64) -> Error {
    let message = format!("{accepted} of {required} proofers are accepted. Accept more, or ask for fewer.");
    let error = Error::invalid("proofers_missing", message).with("accepted", accepted).with("required", required);
    error.helped_by(Next::FillSeats(job.clone()))
}

/// The proofer has given the verdict of this round.
pub fn verdict_given() -> Error {
    Error::conflict("verdict_given", "Your verdict of this round is in, and verdicts are never changed.")
}

/// The actor holds no seat in this round.
pub fn not_a_proofer() -> Error {
    Error::forbidden("not_a_proofer", "Only proofers whom the poster accepted for this round can give a verdict.")
}

/// The review is not funded.
pub fn proof_not_funded() -> Error {
    Error::conflict("proof_not_funded", "The poster has not funded the review yet. Wait for the event proof.assigned.")
}

/// The proofer let the time pass.
pub fn seat_freed() -> Error {
    Error::conflict("seat_freed", "The time for this verdict is over and the seat was freed.")
}

/// The draft is larger than the fullest verdict.
pub fn draft_too_large() -> Error {
    Error::invalid("draft_too_large", "The draft has more than 256 KiB; shorten it.")
}

/// The draft was saved elsewhere since this page was opened.
pub fn draft_moved(at: Time) -> Error {
    let at = at.to_string();
    let minute = at.get(11..16).unwrap_or(&at);
    let message = format!(
        "This draft was saved elsewhere at {minute} UTC, and this page is older. Both texts are kept: open the page anew to read that one; \
         what you typed stays here until you leave."
    );
    Error::conflict("draft_moved", message)
}

/// A side of the job as a relative clause has it.
const fn part(side: Party) -> &'static str {
    match side {
        Party::Poster => "posted this job",
        Party::Worker => "did the work",
    }
}

/// The team would judge its own job or its own work.
pub fn own_job(side: Party) -> Error {
    Error::forbidden("own_job", format!("Your team {}; somebody else has to judge it.", part(side))).with("side", side.as_str())
}

/// The team is connected to a side of the job, or to another proofer. Says no more: it could be used to find out who did the work.
pub fn partial() -> Error {
    let message = "You can't be impartial here: your team is connected to somebody on this job. Look for another job to proof.";
    Error::forbidden("conflict_of_interest", message)
}

/// A member belongs to the working team and to the one that posted the job.
pub fn works_for_itself() -> Error {
    let message = "Somebody of your team also belongs to the team that posted this job; somebody else has to do it.";
    Error::forbidden("conflict_of_interest", message).with("side", Party::Poster.as_str()).with("reason", "shared_team")
}
