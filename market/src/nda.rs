//! The confidentiality promise. Everybody but the poster makes it, once a job, before reading or touching the work.

use crate::Time;
use crate::id::JobId;
use serde::{Deserialize, Serialize};

pub mod errors;
pub(crate) mod events;

mod commands;
mod store;
pub(crate) use commands::must_be_agreed;
pub use commands::{agree, show};

/// Which text was agreed to. A new text gets a new version; old promises keep theirs.
pub const VERSION: &str = "2026-11";

/// The promise itself.
pub const TEXT: &str = "What the poster shares for this job (the brief, its files, messages and the work itself) is confidential. \
You use it only to apply for, do or review this job. You don't pass it on, publish it, or put it on services other than this one, \
and you don't train models on it. You hand in work only through this site. When the job ends, you delete what you kept. \
The promise holds for three years after the job is closed.";

/// The promise and whether the viewer made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Nda {
    /// For which job.
    pub job_id: JobId,
    /// Which text.
    pub version: String,
    /// The text.
    pub text: String,
    /// When the viewer's team agreed; none yet when it is missing.
    pub agreed_at: Option<Time>,
}
