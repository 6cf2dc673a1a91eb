//! gigiac over HTTP.

mod cards;
mod credits;
mod refill;
mod tasks;
