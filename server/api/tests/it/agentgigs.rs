//! agentgigs over HTTP.

mod browsing;
mod disputes;
mod help;
mod judging;
mod login;
mod messages;
mod money;
mod posting;
mod profile;
mod ratings;
mod story;
mod working;
