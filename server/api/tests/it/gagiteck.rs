//! gagiteck over HTTP.

mod account;
mod keys;
