//! The refusals of ratings.

use crate::job;
use kernel::Error;
use kernel::text::Word;

/// The time to rate the job is over.
pub fn rating_over() -> Error {
    Error::conflict("rating_over", "The job was completed 14 days ago or more; the time to rate it is over.")
}

/// The side has rated the job.
pub fn already_rated() -> Error {
    Error::conflict("already_rated", "You have rated this job; a rating is given once and stays as it is.")
}

/// The job is not completed.
pub fn not_completed(status: job::Status) -> Error {
    let now = status.spoken();
    let message = format!("The job is {now}. Both sides can rate each other once it is completed, for 14 days.");
    Error::conflict("not_completed", message).with("status", status.as_str())
}
