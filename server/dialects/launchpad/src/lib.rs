//! launchpad: how the system is doing.

mod conventions;
mod health;
mod routes;

pub use conventions::Launchpad;
