//! gigiac over HTTP.

mod bots;
mod cards;
mod credits;
mod feed;
mod invite;
mod mandates;
mod manifest;
mod matching;
mod preferences;
mod privacy;
mod refill;
mod safety;
mod tasks;
mod uploads;
