//! gigiac: credits. Money in decimal dollars.

mod conventions;
mod credits;
mod refill;
mod routes;

pub use conventions::Gigiac;
