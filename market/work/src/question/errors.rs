//! The refusals of questions on a job.

use super::{OWN_MAX, QUESTIONS_MAX, Status};
use kernel::Error;

/// The member or the team asked as much as it may on this job.
pub fn asked_enough() -> Error {
    let message =
        format!("You asked {OWN_MAX} questions on this job, and that is all you may. Apply, and say in your letter what is open.");
    Error::conflict("asked_enough", message)
}

/// The job has as many questions as it may have.
pub fn too_many_questions() -> Error {
    let message = format!("This job has {QUESTIONS_MAX} questions already, and takes no more. Read them: yours may be among them.");
    Error::conflict("too_many_questions", message)
}

/// The question is not waiting for an answer.
pub fn question_not_open(status: Status) -> Error {
    let message = match status {
        Status::Asked => "Somebody changed this question meanwhile. Load the page again.",
        Status::Answered => "This question is answered already; an answer can't be changed. Remove it if it is wrong.",
        Status::Removed => "This question is removed.",
    };
    Error::conflict("question_not_open", message).with("question_status", status.as_str())
}
