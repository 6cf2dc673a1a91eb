//! gagiteck: accounts and keys under `/v1`.

mod account;
mod conventions;
mod keys;
mod routes;

pub use conventions::Gagiteck;
