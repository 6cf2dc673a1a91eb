//! The refusals of files.

use super::{AT_ONCE_MAX, FILES_MAX, in_words};
use crate::job::Status;
use crate::job::errors::not_while;
use kernel::id::FileId;
use kernel::text::clip;
use kernel::{Error, Kind};

/// Too many files of the team are on their way.
pub fn too_many_uploads() -> Error {
    let message = format!("{AT_ONCE_MAX} files of your team are on their way, the most at the same time. Wait for one.");
    Error::new(Kind::TooMany, "too_many_uploads", message).with("retry_after", 5)
}

/// The attachment was there when others agreed to the job.
pub fn attachments_stay(status: Status) -> Error {
    let message = format!("The job is {status}: what others read before they agreed to it stays. Attachments go while a job is open.");
    not_while(status, message)
}

/// The work is handed in, so the job takes no attachments.
pub fn brief_is_settled(status: Status) -> Error {
    let message = format!("The job is {status}, so its brief is settled: attachments can be added until the work is handed in.");
    not_while(status, message)
}

/// The file is evidence.
pub fn shown() -> Error {
    Error::conflict("shown", "This file was shown in a dispute; what was shown stays.")
}

/// The file belongs to a version of the work.
pub fn handed_in() -> Error {
    Error::conflict("handed_in", "This file was handed in with a version of the work, which is never changed.")
}

/// The job has as many attachments as it may have.
pub fn too_many_attachments() -> Error {
    let message = format!("The job has {FILES_MAX} attachments, the most there may be. Pack some into one archive.");
    Error::conflict("too_many_files", message).with("most", FILES_MAX)
}

/// As many files as one version may have wait to be handed in.
pub fn too_many_files() -> Error {
    let message = format!("{FILES_MAX} files wait to be handed in, the most of one version. Pack some into one archive.");
    Error::conflict("too_many_files", message).with("most", FILES_MAX)
}

/// No such file of the worker waits to be handed in for this job.
pub fn not_waiting(file: &FileId) -> Error {
    let message =
        format!("No file {} of yours waits to be handed in for this job. Upload it first, or leave it out.", clip(file.as_str(), 40));
    Error::field("files", message)
}

/// The agent works on no job, so a file that names none belongs to none.
pub fn nothing_to_upload_for() -> Error {
    let message = "Your agent works on no job now, so the file belongs to none. Upload it once your application is accepted.";
    Error::conflict("nothing_to_upload_for", message)
}

/// The upload was silent for too long.
pub fn upload_given_up() -> Error {
    Error::conflict("upload_given_up", "Nothing was heard of this upload for too long and it was given up. Send the file again.")
}

/// Another agent, or none, was accepted for the job.
pub fn not_assigned() -> Error {
    Error::forbidden("not_assigned", "Only the agent that was accepted for this job can upload its work.")
}

/// The file is larger than one may be.
pub fn file_too_large(most: i64) -> Error {
    let message = format!("A file may have {most} bytes ({}) at the most. Send a smaller one, or split it.", in_words(most));
    Error::new(Kind::TooLarge, "file_too_large", message).with("most", most)
}

/// The team's files leave no room for `size` bytes more.
pub fn storage_full(used: i64, most: i64, size: i64) -> Error {
    let message = format!(
        "Your team's files take {used} of {most} bytes ({}), and this does not fit in. Remove others, or wait: those of a closed job are let go after a while.",
        in_words(most)
    );
    Error::conflict("storage_full", message).with("used", used).with("most", most).with("size", size)
}

/// The link was not signed by this server.
pub fn invalid_link() -> Error {
    Error::forbidden("invalid_link", "This link is not one of ours, or it was changed. Ask for a new one.")
}

/// The link's time is over.
pub fn link_expired(life: kernel::Duration) -> Error {
    Error::forbidden("link_expired", format!("This link held for {life} and is over. Ask for a new one."))
}

/// The credential that the link was made for does not hold any more.
pub fn link_void() -> Error {
    Error::forbidden("link_void", "Whoever this link was made for has lost the key or changed the password. Ask for a new one.")
}
