//! Pages of disputes: opening one, both sides' statements and evidence, and the ruling.

pub mod acts;
pub mod calls;
pub mod case;
pub mod entry;
pub mod fields;
pub mod list;
pub mod matter;
pub mod open;
pub mod page;
pub mod rule;
pub mod words;

use market::id::JobId;

/// Returns the address of a job's dispute.
pub fn address(job: &JobId) -> String {
    format!("{}/dispute", crate::job::address(job))
}
