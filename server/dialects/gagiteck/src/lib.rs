//! gagiteck: accounts, keys and access control under `/v1`.

mod access;
mod account;
mod conventions;
mod keys;
mod routes;

pub use conventions::Gagiteck;
