//! Unsent forms: what a member typed into a form whose session had ended, kept until they sign in again.
//!
//! A browser without a session is a stranger, and strangers leave little. The form's mark, which only this server can make, says
//! whose page it was on; a member has one unsent form at most, so nobody fills the disk with a mark.

use kernel::Duration;

mod actions;
mod store;
pub use actions::{keep, sweep, take};

/// The time for which a form is kept.
pub const KEPT: Duration = Duration::days(7);
