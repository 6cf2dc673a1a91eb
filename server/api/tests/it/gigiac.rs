//! gigiac over HTTP.

mod credits;
mod mandates;
mod refill;
