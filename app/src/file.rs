//! Files on pages: what belongs to a brief or to the work, and the form that sends one.

pub mod acts;
pub mod list;
pub mod send;
pub mod sending;

use market::file::File;
use serde::{Deserialize, Serialize};

/// The files of a job that a page lists by themselves; those of a version stand with it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Files {
    /// What the poster attached, for those who may read the brief.
    pub attached: Vec<File>,
    /// What the worker sent and did not hand in yet, for the worker alone.
    pub waiting: Vec<File>,
}
