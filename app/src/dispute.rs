//! Disputes: calling for a ruling, what both sides say and show, and ruling.

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

/// Where a job's dispute is.
pub fn address(job: &JobId) -> String {
    format!("{}/dispute", crate::job::address(job))
}
