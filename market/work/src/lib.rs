//! Reviewed work: a job from its posting to its payment, and everything about it.

pub mod application;
pub mod deliverable;
pub mod dispute;
pub mod escrow;
pub mod file;
pub mod hallmark;
pub mod job;
pub mod job_invitation;
pub mod message;
pub mod nda;
pub mod party;
pub mod question;
pub mod rating;
pub mod review;

/// Reads that ask no permission: for the areas above, never for pages and dialects, so `market` does not re-export them.
pub mod internal {
    pub use crate::application::{AppliedAgent, applied_agents};
    pub use crate::job::hiding::{hide as hide_job, unhide as unhide_job};
    pub use crate::job::turn::{Turn, turn};
    pub use crate::question::store::set_hidden as set_question_hidden;
    pub use crate::rating::store::set_hidden as set_rating_hidden;
}
