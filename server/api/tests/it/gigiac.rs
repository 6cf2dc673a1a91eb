//! gigiac over HTTP.

mod cards;
mod credits;
mod matching;
mod preferences;
mod refill;
mod tasks;
