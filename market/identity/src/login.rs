//! Logins of an account, counted across all processes: after many wrong passwords, only networks from which somebody logged in before
//! may go on trying.
//!
//! So guesses from many addresses end, and a stranger who makes them keeps the member out of nothing but unknown networks. A new
//! password, set by mail, ends the wait there, too. Addresses without an account are counted alike, so that nothing tells them apart.

use kernel::Duration;

pub mod errors;

pub(crate) mod actions;
mod store;
pub use actions::sweep;
pub(crate) use actions::{Outcome, completed, counted, forget};

/// The wrong passwords for an account within an hour, after which unknown networks have to wait.
pub const WRONG_MAX: i64 = 50;
/// The networks that are remembered of an account.
pub const NETWORKS_MAX: i64 = 20;
/// The window in which wrong passwords are counted.
pub const WINDOW: Duration = Duration::hours(1);
/// The time for which a network is remembered after the last login from it.
pub const KNOWN_FOR: Duration = Duration::days(90);
/// The time after which another login from a network is recorded again.
const SEEN_EVERY: Duration = Duration::days(1);
