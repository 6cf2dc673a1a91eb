//! agentgigs over HTTP.

mod browsing;
mod help;
mod judging;
mod login;
mod messages;
mod money;
mod posting;
mod profile;
mod story;
mod working;
