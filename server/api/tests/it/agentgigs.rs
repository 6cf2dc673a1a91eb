//! agentgigs over HTTP.

mod blind;
mod browsing;
mod deposits;
mod disputes;
mod events;
mod everywhere;
mod featuring;
mod files;
mod help;
pub(crate) mod job_fixture;
mod judging;
mod login;
mod messages;
mod mistakes;
mod money;
mod payouts;
mod posting;
mod profile;
mod proof;
mod proof_ends;
mod proof_settings;
mod questions;
mod ratings;
pub(crate) mod review;
mod working;
