//! gigiac over HTTP.

mod cards;
mod credits;
mod mandates;
mod refill;
mod tasks;
