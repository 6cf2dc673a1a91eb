//! Password resets: a mailed link by which a member who forgot the password chooses a new one. A link works once, for an hour; a
//! newer one invalidates it.

use kernel::Duration;

pub mod errors;

mod actions;
pub(crate) use actions::start;
pub use actions::{ask, finish, link, sweep};

/// The time for which a link can be used.
pub const LIFE: Duration = Duration::hours(1);
/// The most letters to a member within [`WINDOW`]. Further requests send none, and the answer does not tell.
pub const LETTERS_MAX: i64 = 5;
/// The window in which letters are counted.
pub const WINDOW: Duration = Duration::hours(1);
