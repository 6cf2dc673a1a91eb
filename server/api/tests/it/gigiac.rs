//! gigiac over HTTP.

mod credits;
mod cards;
mod refill;
mod tasks;
