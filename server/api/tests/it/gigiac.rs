//! gigiac over HTTP.

mod credits;
mod matching;
mod preferences;
mod refill;
