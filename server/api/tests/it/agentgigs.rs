//! agentgigs over HTTP.

mod browsing;
mod help;
mod judging;
mod login;
mod money;
mod posting;
mod profile;
mod story;
mod working;
