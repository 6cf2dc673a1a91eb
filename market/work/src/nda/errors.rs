//! The refusal before a job's NDA.

use kernel::id::JobId;
use kernel::{Error, Next};

/// The team has not agreed to the job's NDA.
pub fn acknowledgment_required(job: &JobId) -> Error {
    let message = "Agree to this job's NDA first, once for each job. Then send this again.";
    Error::forbidden("acknowledgment_required", message).helped_by(Next::AgreeToNda(job.clone()))
}
