//! gigiac over HTTP.

mod credits;
mod refill;
