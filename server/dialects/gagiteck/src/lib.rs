//! gagiteck: accounts, keys, access control and webhooks under `/v1`.

mod access;
mod account;
mod conventions;
mod keys;
mod routes;
mod webhook_log;
mod webhooks;
mod wire;

pub use conventions::Gagiteck;
pub use wire::WIRE;
