//! Verification of email addresses by mailed links. A link works once; a newer link invalidates it.

use kernel::Duration;

pub mod errors;

mod actions;
pub(crate) use actions::must_not_flood;
pub use actions::{confirm, resend, start, sweep};

/// The most mails a member may request within [`RESEND_WINDOW`], without the one at sign-up.
pub const RESENDS_MAX: i64 = 5;
/// The window in which mails are counted.
pub const RESEND_WINDOW: Duration = Duration::hours(1);
