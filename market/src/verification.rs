//! Showing that a mail address is one's own, by a link that was sent to it. A link works once; a newer one voids it.

use crate::Span;

pub mod errors;

mod commands;
mod store;
pub use commands::{confirm, resend, start, sweep};

/// How many letters a member may ask for within [`RESEND_WINDOW`], the one of signing up not counted.
pub const RESENDS_MAX: i64 = 5;
/// The window that letters are counted in.
pub const RESEND_WINDOW: Span = Span::hours(1);
