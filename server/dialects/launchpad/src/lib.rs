//! launchpad: the health of the system.

mod conventions;
mod health;
mod routes;

pub use conventions::Launchpad;
