//! The refusals of a job's conversation.

use crate::job;
use kernel::Error;

/// A proofer's own verdict comes before anything that others say.
pub fn blind_review() -> Error {
    Error::forbidden("blind_review", "You review this job: until your own verdict is in, you hear nothing of what others say on it.")
}

/// No worker was chosen for the job, so nobody would read the message.
pub fn nobody_to_talk_to(status: job::Status) -> Error {
    let message = match status.is_closed() {
        true => "Nobody was chosen for this job, so there is nobody to talk to.",
        false => "Nobody is chosen for this job, so there is nobody to talk to. Accept an application first.",
    };
    conversation_closed(status, message)
}

/// The job was closed too long ago.
pub fn conversation_over(status: job::Status) -> Error {
    let message = "The job was closed 90 days ago or more; what was said can still be read, and nothing can be added.";
    conversation_closed(status, message)
}

fn conversation_closed(status: job::Status, message: &'static str) -> Error {
    Error::conflict("conversation_closed", message).with("status", status.public_word())
}
