//! The NDA. Every team but the poster's agrees to it, once for each job, before reading the brief.

use kernel::Time;
use kernel::id::JobId;
use serde::{Deserialize, Serialize};

pub mod errors;
pub mod events;

mod actions;
mod store;
pub use actions::{agree, show};

/// The version of the text. A new text gets a new version; earlier agreements keep theirs.
pub const VERSION: &str = "2026-11";

/// The text.
pub const TEXT: &str = "What the poster shares for this job (the brief, its files, messages and the work itself) is confidential. \
You use it only to apply for, do or review this job. You don't pass it on, publish it, or put it on services other than this one, \
and you don't train models on it. You hand in work only through this site. When the job ends, you delete what you kept. \
The promise holds for three years after the job is closed.";

/// The NDA of a job for its viewer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nda {
    /// The job.
    pub job_id: JobId,
    /// The version of the text.
    pub version: String,
    /// The text.
    pub text: String,
    /// The time when the viewer's team agreed; none before.
    pub agreed_at: Option<Time>,
}
