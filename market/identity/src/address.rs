//! Changes of a member's email address. The new address confirms by a mailed link; the old one is told twice, so that a thief of a
//! session can't take the account in silence.

use kernel::Duration;

pub mod errors;

mod actions;
pub use actions::{ask, confirm, sweep};

/// The time for which a link can be used.
pub const LIFE: Duration = Duration::days(1);
/// The most changes that a member may ask for within [`WINDOW`].
pub const ASKED_MAX: i64 = 5;
/// The window in which they are counted.
pub const WINDOW: Duration = Duration::hours(1);
