//! gigiac over HTTP.

mod bots;
mod cards;
mod credits;
mod matching;
mod preferences;
mod privacy;
mod refill;
mod tasks;
