//! Outgoing webhooks: the endpoints of a team, the log of what is sent to them, and their settings.

pub mod actions;
pub mod delivery;
pub mod fields;
pub mod list;
pub mod loaders;
pub mod log;
pub mod new;
pub mod page;
pub mod settings;
pub mod state;
pub mod verify;
mod words;
pub(crate) use words::address;
