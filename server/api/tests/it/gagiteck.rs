//! gagiteck over HTTP.

mod access;
mod account;
mod keys;
mod webhooks;
