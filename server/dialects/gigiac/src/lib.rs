//! gigiac: credits. Money in decimal dollars.

mod conventions;
mod credits;
mod refill;
mod routes;
mod wire;

pub use conventions::Gigiac;
pub use wire::WIRE;
