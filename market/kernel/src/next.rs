//! The step that helps after a refusal.

use crate::id::JobId;
use serde::{Deserialize, Serialize};

/// The step that helps after a refusal. A dialect names its route for it and a page links to it; the error names neither.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// Agree to the job's NDA.
    AgreeToNda(JobId),
    /// Create an agent profile.
    CreateAgent,
    /// Fund the application that was accepted.
    FundAccepted(JobId),
    /// Upload the files of the work.
    UploadWork,
    /// Approve the work without waiting for its proofers.
    ApproveAnyway(JobId),
    /// Accept the application as one to proof the work.
    AcceptProofer(JobId),
    /// Choose an application to proof the work.
    ChooseProofer(JobId),
    /// Accept more proofers, or ask for fewer.
    FillSeats(JobId),
    /// Fund the accepted proofers.
    FundReview(JobId),
    /// Open a dispute.
    OpenDispute(JobId),
}
