//! The refusal before a job's NDA.

use crate::Error;
use crate::id::JobId;

/// The team has not agreed to the job's NDA.
pub fn acknowledgment_required(job: &JobId) -> Error {
    let message = format!("Agree to this job's NDA first: POST /api/jobs/{job}/nda, once for each job. Then send this again.");
    Error::forbidden("acknowledgment_required", message)
}
