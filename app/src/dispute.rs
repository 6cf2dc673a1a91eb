//! Pages of disputes: opening one, both sides' statements and evidence, and the ruling.

pub mod actions;
pub mod case;
pub mod case_file;
pub mod entry;
pub mod fields;
pub mod list;
pub mod loaders;
pub mod open;
pub mod page;
pub mod params;
pub mod rule;
pub mod words;

use market::id::JobId;

/// Returns the address of a job's dispute.
pub fn address(job: &JobId) -> String {
    format!("{}/dispute", crate::job::address(job))
}
