//! Requests to addresses that strangers named, such as the endpoints of webhooks.
//!
//! A stranger must not reach this machine, its network or its cloud's metadata through us. So an address is checked where it is typed,
//! and again where it is connected to: every address that a name stands for is checked, and the connection goes to a checked one.

mod client;
mod ip;
mod name;
mod resolver;
mod target;

pub use client::{Client, Policy};
pub use target::{TargetError, check};
