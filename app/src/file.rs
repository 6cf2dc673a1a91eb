//! Files on pages: attachments, files of the work, and the upload form.

pub mod actions;
pub mod list;
pub mod send;

use market::file::File;
use serde::{Deserialize, Serialize};

/// The files of a job that a page lists separately; those of a delivered version are listed with it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct JobFiles {
    /// The poster's attachments, for viewers who may read the brief.
    pub attached: Vec<File>,
    /// Uploaded files that are not handed in yet, for the worker alone.
    pub waiting: Vec<File>,
}
