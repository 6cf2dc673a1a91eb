//! The dialects over real HTTP: a server of its own on a port of its own for each test, and a fresh database.

mod access;
mod agentgigs;
mod ask;
mod contract;
mod conventions;
mod document;
mod edge;
mod gagiteck;
mod gigiac;
mod guildhall;
mod http;
mod idempotency;
mod launchpad;
mod limits;
mod listen;
mod mixed;
mod parity;
mod redact;
mod second_factor;
mod test_api;
mod webhook_wires;
